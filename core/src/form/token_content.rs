//! What the token says by itself: fills empty fields from it, and compares it with the others. Nothing of it is proved, so it
//! warns and never forbids.

use std::rc::Rc;

use contract::command;
use contract::iam_token::{self, IamToken, Length, Scope, TokenProblem};
use contract::regions;
use contract::rules::endpoint::Endpoint;
use contract::rules::project_id::{self, ProjectId};
use contract::rules::{Field, Warning, normalize};
use contract::secret::Secret;
use contract::time::UnixSeconds;

use super::action::Input;
use super::state::Form;
use super::undo_step::ReplacedBy;
use crate::cx::Cx;
use crate::effect::Focus;
use crate::options::Suggested;
use crate::parse_json::ParseJson;

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

    /// Whether a token has filled in fields that nobody has named since.
    pub(crate) fn is_filled_from_token(&self) -> bool {
        !self.from_token.is_empty()
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
            self.from_token.extend(&filled);
            self.filled_by = self.token_generation;
            self.can_undo_filling(filled, cx);
        }
    }

    /// Fills an empty endpoint for the token's project. A token that was given for no other counts as given for it, so that it goes to
    /// another one only once that is confirmed.
    fn fill_endpoint(&mut self, content: &IamToken, endpoints: &[Suggested]) {
        let is_meant = matches!(&content.scope, Scope::Project { id, .. } if normalize(&self.project_id.text) == id);
        if !is_meant || !self.is_blank(Field::Endpoint) {
            return;
        }
        if let Some(address) = self.endpoint_for(content, endpoints) {
            self.edit(Field::Endpoint, address, Input::Pasted);
            if self.token_for.is_none() {
                self.token_for = self.callable_endpoint().ok();
            }
        }
    }

    /// The endpoint of the token's region, if it may be called: one that the operator offers for it, or else its RDS host.
    fn endpoint_for(&self, content: &IamToken, endpoints: &[Suggested]) -> Option<String> {
        let region = content.possible_region()?;
        let offered = endpoints.iter().find(|offered| offered.region.as_deref() == Some(region));
        let address = offered.map(|offered| offered.address.clone()).or_else(|| content.rds_host())?;
        let endpoint = self.endpoint_of(&address).ok()?;
        self.may_call(&endpoint).then_some(address)
    }

    /// `Use the project of the token`.
    pub(crate) fn use_token_project(&mut self, endpoints: &[Suggested], cx: &mut Cx) {
        let Some(content) = self.token_content.clone() else { return };
        let Scope::Project { id, .. } = &content.scope else { return };
        let (before, had_endpoint) = (self.to_draft(), !self.is_blank(Field::Endpoint));
        self.edit(Field::ProjectId, id.clone(), Input::Pasted);
        self.token_project = self.project_id.text.clone();
        self.fill_endpoint(&content, endpoints);
        if !had_endpoint && !self.is_blank(Field::Endpoint) {
            // The press has named the project only.
            self.from_token.push(Field::Endpoint);
            self.filled_by = self.token_generation;
        }
        self.can_undo(before, ReplacedBy::Press, cx);
        cx.focus(Focus::Field(Field::ProjectId));
    }

    /// `Use rds.…`: the press names the endpoint, so that the token goes there.
    pub(crate) fn use_endpoint(&mut self, address: String, cx: &mut Cx) {
        let before = self.to_draft();
        self.edit(Field::Endpoint, address, Input::Pasted);
        self.give_token_to_endpoint();
        self.can_undo(before, ReplacedBy::Press, cx);
        cx.focus(Focus::Field(Field::Endpoint));
    }

    /// The endpoint that is probably meant: the RDS host of the region, if the address is that of another service and can't be
    /// called, or the one of the token's region, if the endpoint is in another.
    pub fn meant_endpoint(&self, endpoints: &[Suggested]) -> Option<String> {
        let may_be_called = |address: &String| self.endpoint_of(address).is_ok_and(|meant| self.may_call(&meant));
        if self.callable_endpoint().is_err() {
            return regions::rds_host_meant(normalize(&self.endpoint.text)).filter(may_be_called);
        }
        let content = self.token_content.as_ref()?;
        let is_elsewhere = |problem: &TokenProblem| matches!(problem, TokenProblem::OfOtherRegion { .. });
        let is_other = self.problems_of(content, UnixSeconds(0)).iter().any(is_elsewhere);
        is_other.then(|| self.endpoint_for(content, endpoints)).flatten()
    }

    /// A command that asks IAM for a token, with host and project filled in as far as they are known: from the endpoint, or else
    /// from what the last token says of its region.
    pub fn command_for_token(&self) -> String {
        let endpoint = self.read_endpoint().ok();
        let host = endpoint.as_ref().and_then(|endpoint| regions::iam_host(endpoint.host()?));
        let content = self.token_content.as_ref();
        let host = host.or_else(|| regions::iam_host(&content?.rds_host()?));
        let project_id = project_id::project_id(&self.project_id.text).ok();
        command::issue_token(host.as_deref(), project_id.as_ref().map(ProjectId::as_str))
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
        let problems = self.problems_of(content, now);
        let issued_later = content.issued_later(now).map(|at| Warning::TokenIssuedLater { at });
        problems.into_iter().map(Warning::Token).chain(issued_later).collect()
    }

    /// What is wrong with a token for the fields beside it.
    fn problems_of(&self, content: &IamToken, now: UnixSeconds) -> Vec<TokenProblem> {
        let endpoint = self.read_endpoint().ok();
        content.problems(normalize(&self.project_id.text), endpoint.as_ref().and_then(Endpoint::host), now)
    }
}
