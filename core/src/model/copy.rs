//! Texts to copy: links, IDs, answers, the request before it is sent.

use contract::call::Call;
use contract::command;
use contract::request::Request;
use contract::response::Body;
use contract::rules::{Field, Violation};

use super::state::Model;
use crate::page::action::{CopyTarget, Shown};

/// The requests before they are sent, one after the other, in each form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// As HTTP has it, the token hidden.
    pub http: String,
    /// As a command of curl.
    pub curl: String,
    /// As a command of the OpenStack client, where that can express it.
    pub openstack: Option<String>,
}

impl Model {
    /// The text that a copy button copies; `None` if there is none, and for receipts. None of them has the token.
    pub fn text_of(&self, what: CopyTarget) -> Option<String> {
        match what {
            CopyTarget::BackupId(key) => self.work.creation(key)?.backup.id.clone(),
            CopyTarget::ListedId(index) => self.work.backups.arranged.get(index)?.id.clone(),
            CopyTarget::FormLink => Some(self.link_to(&self.form.to_link())),
            CopyTarget::WatchLink(key) => Some(self.link_to(&self.work.link(self.work.creation(key)?)?)),
            CopyTarget::Request(shown) => {
                let preview = self.preview().ok()?;
                match shown {
                    Shown::Http => Some(preview.http),
                    Shown::Curl => Some(preview.curl),
                    Shown::OpenStack => preview.openstack,
                }
            }
            // A receipt is worded where sentences are.
            CopyTarget::Receipt(_) | CopyTarget::BatchReceipt(_) => None,
            CopyTarget::RestorePoint(key) => {
                let (instance_id, backup_id) = self.work.creation(key)?.restorable()?;
                Some(command::restore_point(instance_id, backup_id))
            }
            CopyTarget::RestoreByOpenStack(key) => {
                let (instance_id, backup_id) = self.work.creation(key)?.restorable()?;
                Some(command::restore_by_openstack(instance_id, backup_id))
            }
            CopyTarget::TokenByCurl => Some(self.form.command_for_token()),
            CopyTarget::TokenByOpenStack => Some(command::ISSUE_TOKEN_BY_OPENSTACK.to_owned()),
            CopyTarget::Response(key) => match &self.work.creation(key)?.answer.as_ref()?.body {
                Body::Text(text) => Some(text.clone()),
                Body::Unreadable | Body::TooLong => None,
            },
        }
    }

    /// The requests that `Create backup` would send.
    ///
    /// # Errors
    /// What keeps it from being sent, in the order of the form.
    pub fn preview(&self) -> Result<Preview, Vec<(Field, Violation)>> {
        let (endpoint, project_id, backups) = self.form.request()?;
        let openstack: Option<Vec<String>> = backups.iter().map(command::openstack).collect();
        let requests = backups.into_iter().map(|backup| {
            let call = Call::CreateBackup(backup);
            Request::new(&call, &endpoint, &project_id, self.page.language.api_tag())
                .from_elsewhere(self.page.address.origin())
        });
        let requests: Vec<Request> = requests.collect();
        Ok(Preview {
            http: requests.iter().map(Request::shown).collect::<Vec<_>>().join("\n\n"),
            curl: requests.iter().map(command::curl).collect::<Vec<_>>().join("\n"),
            openstack: openstack.map(|commands| commands.join("\n")),
        })
    }

    pub(crate) fn link_to(&self, fragment: &str) -> String {
        self.page.address.with_fragment(fragment)
    }
}
