/** Where requests go. */
export interface Target {
  endpoint: string;
  project_id: string;
}

/** An endpoint that the form suggests. */
export interface Suggested {
  address: string;
  name?: string;
  /** The region that it serves, such as eu-de: a token of this region leads to it. */
  region?: string;
  /** The cloud behind it, where its address doesn't tell: it decides which partial backups there are. */
  cloud?: "otc" | "swiss" | "huawei" | "flexible-engine";
}

/** What the page sets. The keys are those of config.json; see docs/configuration.md. */
export interface Options {
  endpoints?: (string | Suggested)[];
  endpoint?: string;
  project_id?: string;
  instance_id?: string;
  /** `{instance}`, `{date}` and `{time}` (UTC) are filled in. */
  name_pattern?: string;
  /** Whole hosts, without scheme, port and wildcard. What is wrong here allows nothing but the page's own server. */
  allowed_hosts?: string[];
  language?: "en" | "de" | "zh-CN";
  theme?: "system" | "light" | "dark";
  title?: string;
  logo?: string;
  idle_minutes?: number;
  answer_seconds?: number;
  settle_seconds?: number;
  poll_seconds?: number;
  instance_seconds?: number;
}

/** Supplies a token for a target whenever one is needed; it stays in memory. */
export type SupplyToken = (target: Target) => string | Promise<string>;

/** A moment: in UTC, and by the user's clock. */
export interface Written {
  utc: string;
  local: string;
}

/** Everything that is known of a backup. */
export interface Receipt {
  id: string;
  name: string;
  instance_id: string;
  description: string;
  databases: string[];
  /** Whether each of them was to be backed up by itself. */
  backup_database_individually: boolean;
  type: string;
  /** What has come of the request, in one word. */
  outcome: "created" | "refused" | "not_sent" | "not_created" | "name_taken" | "gone" | "unknown" | "under_way";
  /** The error code of a refusal, or its HTTP status. */
  error_code: string;
  status: string;
  requested: Written | null;
  begin: Written | null;
  end: Written | null;
  duration_seconds: number | null;
  size_kb: number | null;
  request_id: string | null;
  /**
   * How the console knows that the backup is this press's: its ID came in the answer, or it was found in the instance's list by
   * its name. With `name`, somebody who asked for the same name at that moment can't be told apart. `null`: it isn't known.
   */
  known_by: "answer" | "name" | null;
  /** The newest full backup before it that the console knew of when this one was completed. */
  previous_full: { id: string; name: string; duration_seconds: number | null; size_kb: number | null } | null;
  /** A part of the request "Creating a DB Instance" that restores a new instance from it; empty until it is completed. */
  restore_point: string;
  /** The event in the audit trail (CTS). */
  audit_event: "createManualSnapshot";
  endpoint: string;
  project_id: string;
}

/**
 * A press that has made no backup, as far as is known. Should the backup show up in a list after all, `backup-created` follows.
 */
export interface Refusal {
  name: string;
  instance_id: string;
  outcome: "refused" | "not_sent" | "not_created" | "name_taken";
}

/** A console on the page. */
export interface Handle {
  /** Fulfilled when it stands there; rejected when it can't be loaded. */
  ready: Promise<void>;
  /** Sets other options, or another supplier of tokens (`undefined`: none); what was typed stays. */
  set(changes: Options & { token?: SupplyToken }): void;
  /** Aborts what is under way, drops what it holds, and leaves the page. */
  unmount(): void;
}

/** Draws a console into an element, in a shadow root. */
export function mount(element: HTMLElement, options?: Options & { token?: SupplyToken }): Handle;

/** The element <rds-backup-console>. */
export class RdsBackupConsole extends HTMLElement {
  token: SupplyToken | undefined;
  options: Options;
  readonly ready: Promise<void> | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    "rds-backup-console": RdsBackupConsole;
  }
  interface HTMLElementEventMap {
    "backup-created": CustomEvent<Receipt>;
    "backup-finished": CustomEvent<Receipt>;
    "backup-refused": CustomEvent<Refusal>;
  }
}
