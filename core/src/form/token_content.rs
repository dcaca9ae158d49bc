//! What the token says by itself: fills empty fields from it, and compares it with the others. Nothing of it is proved, so it
//! warns and never forbids.

use std::rc::Rc;

use contract::command;
use contract::iam_token::{self, IamToken, Length, Scope};
use contract::regions;
use contract::rules::endpoint::Endpoint;
use contract::rules::project_id::{self, ProjectId};
use contract::rules::{Field, Warning, endpoint, normalize};
use contract::secret::Secret;
use contract::time::UnixSeconds;

use super::action::Input;
use super::state::Form;
use crate::cx::Cx;
use crate::effect::Focus;
use crate::notice::Notice;
use crate::options::Suggested;
use crate::parse_json::ParseJson;

/// How many seconds clocks may differ before that is said.
const MAX_CLOCK_DIFFERENCE: i64 = 5 * 60;

impl Form {
    /// Reads the token if it is another than before, and fills what is empty from it. `endpoints`: those that the operator
    /// offers.
    pub(crate) fn read_token_content(&mut self, endpoints: &[Suggested], parse_json: ParseJson, cx: &mut Cx) {
        // A supplied token is for the target that the page around the console was asked about.
        let read = (self.token_generation, self.token.text.clone());
        if self.token_is_supplied() || self.token_read == read {
            return;
        }
        self.token_read = read;
        let json = iam_token::json(self.token.text.expose());
        let json = json.filter(|_| self.read_token().is_some()).and_then(|json| parse_json(json.expose()));
        self.token_content = json.as_ref().and_then(IamToken::from_json).map(Rc::new);
        if let Some(content) = self.token_content.clone() {
            self.fill_from_token(&content, endpoints, cx);
        }
    }

    fn fill_from_token(&mut self, content: &IamToken, endpoints: &[Suggested], cx: &mut Cx) {
        let Scope::Project { id, .. } = &content.scope else { return };
        let blank = [Field::Endpoint, Field::ProjectId].into_iter().filter(|field| self.is_blank(*field));
        let blank: Vec<Field> = blank.collect();
        if self.is_blank(Field::ProjectId) {
            self.edit(Field::ProjectId, id.clone(), Input::Pasted);
        }
        self.fill_endpoint(content, endpoints);
        let filled: Vec<Field> = blank.into_iter().filter(|field| !self.is_blank(*field)).collect();
        if !filled.is_empty() {
            // Nobody has named this target yet: what waits for a token of it doesn't go on before a press.
            self.token_project = Rc::default();
            self.can_undo_filling(&filled);
            cx.notice(Notice::FilledFromToken(filled));
        }
    }

    /// Fills an empty endpoint for the token's project. The token counts as given for it, so that it goes to another one only once
    /// that is confirmed.
    fn fill_endpoint(&mut self, content: &IamToken, endpoints: &[Suggested]) {
        let is_meant = matches!(&content.scope, Scope::Project { id, .. } if normalize(&self.project_id.text) == id);
        if !is_meant || !self.is_blank(Field::Endpoint) {
            return;
        }
        if let Some(address) = self.endpoint_for(content, endpoints) {
            self.edit(Field::Endpoint, address, Input::Pasted);
            self.token_for = self.callable_endpoint().ok();
        }
    }

    /// The endpoint of the token's region, if it may be called: one that the operator offers for it, or else its RDS host.
    fn endpoint_for(&self, content: &IamToken, endpoints: &[Suggested]) -> Option<String> {
        let region = content.possible_region()?;
        let offered = endpoints.iter().find(|offered| offered.region.as_deref() == Some(region));
        let address = offered.map(|offered| offered.address.clone()).or_else(|| content.rds_host())?;
        let endpoint = endpoint::endpoint(&address).ok()?;
        self.may_call(&endpoint).then_some(address)
    }

    /// `Use the project of the token`.
    pub(crate) fn use_token_project(&mut self, endpoints: &[Suggested], cx: &mut Cx) {
        let Some(content) = self.token_content.clone() else { return };
        let Scope::Project { id, .. } = &content.scope else { return };
        let before = self.to_link();
        self.edit(Field::ProjectId, id.clone(), Input::Pasted);
        self.token_project = self.project_id.text.clone();
        self.fill_endpoint(&content, endpoints);
        self.can_undo(before);
        cx.notice(Notice::FormFilled);
        cx.focus(Focus::Field(Field::ProjectId));
    }

    /// A command that asks IAM for a token, with host and project filled in as far as they are known: from the endpoint, or else
    /// from what the last token says of its region.
    pub fn command_for_token(&self) -> String {
        let endpoint = endpoint::endpoint(&self.endpoint.text).ok();
        let host = endpoint.as_ref().and_then(|endpoint| regions::iam_host(endpoint.host()?));
        let content = self.token_content.as_ref();
        let host = host.or_else(|| regions::iam_host(&content?.rds_host()?));
        let project_id = project_id::project_id(&self.project_id.text).ok();
        command::issue_token(host.as_deref(), project_id.as_ref().map(ProjectId::as_str))
    }

    /// The RDS host that is meant, if the endpoint is the address of another service.
    pub fn meant_endpoint(&self) -> Option<String> {
        regions::rds_host_meant(normalize(&self.endpoint.text))
    }

    /// `Keep only the token`: of two, the one that was pasted behind the other. It stays given for the endpoint that it was given
    /// for.
    pub(crate) fn trim_token(&mut self, cx: &mut Cx) {
        cx.focus(Focus::Field(Field::Token));
        let text = self.token.text.expose();
        let Some(Length::Extended { stated, .. }) = iam_token::length(text) else { return };
        let (first, rest) = text.split_at_checked(stated).unwrap_or((text, ""));
        let is_token = matches!(iam_token::length(rest), Some(Length::Whole | Length::Unpadded));
        self.token.text = Secret::new(if is_token { rest } else { first }.to_owned());
        self.token_generation += 1;
    }

    /// Whether something follows the end of the token, which `Keep only the token` drops.
    pub fn can_trim_token(&self) -> bool {
        matches!(iam_token::length(self.token.text.expose()), Some(Length::Extended { .. }))
    }

    /// The project of the token, if the form names another one or none.
    pub fn other_token_project(&self) -> Option<&str> {
        let Scope::Project { id, name } = &self.token_content.as_ref()?.scope else { return None };
        (normalize(&self.project_id.text) != id).then_some(name)
    }

    /// What is probably wrong with the token.
    pub(super) fn token_warnings(&self, now: UnixSeconds) -> Vec<Warning> {
        let Some(content) = &self.token_content else { return Vec::new() };
        let endpoint = endpoint::endpoint(&self.endpoint.text).ok();
        let host = endpoint.as_ref().and_then(Endpoint::host);
        let problems = content.problems(normalize(&self.project_id.text), host, now);
        let issued = content.issued.filter(|at| at.0 > now.0 + MAX_CLOCK_DIFFERENCE);
        let issued_later = issued.map(|at| Warning::TokenIssuedLater { at });
        problems.into_iter().map(Warning::Token).chain(issued_later).collect()
    }
}
