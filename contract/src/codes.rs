//! The table of error codes: what a code means for this call, which field it is about, and whether asking again helps.
//!
//! Sources: "Error Codes" of the Open Telekom Cloud RDS reference (`DBS.*`), "Error Codes" of its API Gateway guide
//! (`APIG.*`, which live answers spell `APIGW.*`); for codes that these leave out, the retry lists of the Terraform
//! providers and the DDS and GaussDB references, which share the number space. The published tables are incomplete: a
//! code that isn't here is shown with the server's own message.

mod error_kind;
mod refusal_kind;
mod table;

pub use error_kind::{ErrorKind, Retry};
pub use refusal_kind::RefusalKind;
use table::{Row, TABLE};

/// What the table knows about an error code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// What it means.
    pub error_kind: ErrorKind,
    /// What kind of refusal it is.
    pub kind: RefusalKind,
}

/// Looks up an error code with the status that it came with; `None` if it isn't in the table.
pub fn known(code: &str, status: u16) -> Option<Known> {
    let (service, number) = code.trim().split_once('.')?;
    // The gateway's answers spell its prefix APIGW, its documents APIG.
    let service = if service == "APIGW" { "APIG" } else { service };
    let fits = |row: &&Row| {
        row.service == service
            && row.numbers.contains(&number)
            && (row.statuses.is_empty() || row.statuses.contains(&status))
    };
    TABLE.iter().find(fits).map(|row| Known { error_kind: row.error_kind, kind: row.kind })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Field;

    /// The meaning of a code for which the status is irrelevant.
    fn error_kind(code: &str) -> Option<ErrorKind> {
        known(code, 400).map(|known| known.error_kind)
    }

    #[test]
    fn codes_of_a_field_lead_to_it() {
        for (code, field) in [
            ("DBS.280277", Field::Name),
            ("DBS.201201", Field::Name),
            ("DBS.280127", Field::Description),
            ("DBS.280128", Field::Databases),
            ("DBS.280404", Field::InstanceId),
            ("DBS.200602", Field::InstanceId),
            ("DBS.280056", Field::Token),
            ("APIG.0307", Field::Token),
        ] {
            assert_eq!(error_kind(code).and_then(ErrorKind::field), Some(field), "{code}");
        }
        assert_eq!(ErrorKind::HeadersTooLarge.field(), Some(Field::Token));
    }

    #[test]
    fn both_spellings_of_the_gateway_are_known() {
        assert_eq!(error_kind("APIG.0101"), Some(ErrorKind::ApiUnknown));
        assert_eq!(error_kind("APIGW.0101"), Some(ErrorKind::ApiUnknown));
    }

    #[test]
    fn busy_codes_are_worth_waiting_for_and_refusals_are_not() {
        for code in ["DBS.201205", "DBS.200011", "DBS.200019", "DBS.200047", "DBS.201202", "DBS.201014", "APIG.0308"] {
            assert_eq!(error_kind(code).map(ErrorKind::retry), Some(Retry::Later), "{code}");
        }
        for code in ["DBS.201201", "DBS.280277", "DBS.280056"] {
            assert_eq!(error_kind(code).map(ErrorKind::retry), Some(Retry::AfterChange), "{code}");
        }
    }

    #[test]
    fn an_unknown_code_has_no_meaning_of_its_own() {
        for code in ["", "DBS", "DBS.", "DBS.999999", "OBS.280277", "401", "111401001"] {
            assert_eq!(known(code, 400), None, "{code}");
        }
    }

    #[test]
    fn a_code_of_several_meanings_is_told_apart_by_its_status() {
        let of =
            |status| known("APIG.0201", status).map(|known| (known.error_kind, known.error_kind.retry(), known.kind));
        let change = |error_kind, kind| Some((error_kind, Retry::AfterChange, kind));
        let later = |error_kind| Some((error_kind, Retry::Later, RefusalKind::Transient));
        assert_eq!(of(400), change(ErrorKind::ParameterRefused, RefusalKind::Transient));
        assert_eq!(of(413), change(ErrorKind::ParameterRefused, RefusalKind::Permanent));
        assert_eq!(of(414), change(ErrorKind::ParameterRefused, RefusalKind::Permanent));
        assert_eq!(of(494), change(ErrorKind::HeadersTooLarge, RefusalKind::Permanent));
        assert_eq!(of(500), later(ErrorKind::ServerFault));
        assert_eq!(of(502), later(ErrorKind::GatewayTrouble));
        assert_eq!(of(504), later(ErrorKind::GatewayTrouble));
        assert_eq!(of(403), None);
    }

    #[test]
    fn what_may_be_the_work_of_the_same_request_is_of_the_moment() {
        for row in TABLE {
            let may_be_its_own = row.error_kind.is_busy()
                || row.error_kind.retry() == Retry::Later
                || matches!(row.error_kind, ErrorKind::NameTaken | ErrorKind::QuotaUsedUp | ErrorKind::StorageFull);
            if may_be_its_own {
                assert_eq!(row.kind, RefusalKind::Transient, "{}.{:?}", row.service, row.numbers);
            }
        }
    }

    #[test]
    fn every_kind_of_fault_in_a_request_is_of_the_request() {
        for code in [
            "DBS.200001",
            "DBS.280404",
            "DBS.280277",
            "DBS.280127",
            "DBS.280128",
            "DBS.200602",
            "DBS.200044",
            "DBS.280056",
            "DBS.201207",
            "RDS.0001",
            "RDS.0010",
            "APIG.0101",
            "APIGW.0301",
            "APIG.0302",
            "APIG.0310",
        ] {
            assert_eq!(known(code, 400).map(|known| known.kind), Some(RefusalKind::Permanent), "{code}");
        }
        for code in ["DBS.200008", "DBS.200402", "DBS.280449", "DBS.201010", "APIG.0602"] {
            assert_eq!(known(code, 400).map(|known| known.kind), Some(RefusalKind::Transient), "{code}");
        }
    }

    #[test]
    fn no_code_stands_twice_with_a_status() {
        let any: &[u16] = &[0];
        let mut codes: Vec<_> = TABLE
            .iter()
            .flat_map(|row| {
                let statuses = if row.statuses.is_empty() { any } else { row.statuses };
                row.numbers
                    .iter()
                    .flat_map(move |number| statuses.iter().map(move |status| (row.service, *number, *status)))
            })
            .collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
        // A row for any status would hide one for specific statuses.
        for (service, number, status) in &codes {
            let rows = codes.iter().filter(|code| (code.0, code.1) == (*service, *number)).count();
            assert!(*status != 0 || rows == 1, "{service}.{number}");
        }
    }
}
