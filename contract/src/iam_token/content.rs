//! The JSON of a token.

use super::problem::TokenProblem;
use crate::cloud::Cloud;
use crate::json::Json;
use crate::regions;
use crate::rules::normalize;
use crate::rules::project_id::project_id;
use crate::sanitize::sanitize;
use crate::time::{UnixSeconds, moment};

/// How many characters of a name are shown.
const MAX_NAME_LENGTH: usize = 80;

/// How many seconds clocks may differ before that is said.
const MAX_CLOCK_DIFFERENCE: i64 = 5 * 60;

/// What a token says. Every text in it is foreign, and is sanitized like the API's answers.
#[derive(Clone, Debug, PartialEq)]
pub struct IamToken {
    /// What it is for.
    pub scope: Scope,
    /// The name of its user.
    pub user: Option<String>,
    /// When it was issued.
    pub issued: Option<UnixSeconds>,
    /// Until when it is valid.
    pub expires: Option<UnixSeconds>,
    /// Whether `readonly` is its only role, with which creating is probably refused.
    pub is_readonly: bool,
    /// `xdomain_type`, which tells clouds apart: `TSI` is Open Telekom Cloud, `HWC_HK` Huawei Cloud international.
    pub(crate) cloud: Option<String>,
}

/// What a token is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A project, as RDS needs it.
    Project {
        /// The project ID.
        id: String,
        /// Its name: a region, or a region, `_` and a name of one's own; its ID if it states none.
        name: String,
    },
    /// An account as a whole.
    Account {
        /// Its name.
        name: String,
    },
    /// Neither.
    Unscoped,
}

impl IamToken {
    /// Reads the JSON of a token. `None` if it has no `token`.
    pub fn from_json(json: &Json) -> Option<Self> {
        let token @ Json::Object(_) = json.get("token")? else { return None };
        let (project, domain, user) = (token.get("project"), token.get("domain"), token.get("user"));
        let text = |json: Option<&Json>, key| json.and_then(|json| json.text(key)).filter(|text| !text.is_empty());
        let name = |json| text(json, "name").map(|name| sanitize(&name, MAX_NAME_LENGTH));
        // Only an ID that a field would accept is one.
        let id = text(project, "id").filter(|id| project_id(id).is_ok() && normalize(id) == id);
        let scope = match (id, name(domain)) {
            (Some(id), _) => Scope::Project { name: name(project).unwrap_or_else(|| id.clone()), id },
            (None, Some(name)) => Scope::Account { name },
            (None, None) => Scope::Unscoped,
        };
        let domains =
            [project.and_then(|project| project.get("domain")), domain, user.and_then(|user| user.get("domain"))];
        let roles = token.list("roles");
        Some(Self {
            scope,
            user: name(user),
            issued: token.text("issued_at").as_deref().and_then(moment),
            expires: token.text("expires_at").as_deref().and_then(moment),
            is_readonly: matches!(roles, [role] if role.text("name").as_deref() == Some("readonly")),
            cloud: domains.into_iter().flatten().find_map(|domain| domain.text("xdomain_type")),
        })
    }

    /// How its project's name begins: a project is called like its region, or begins with that and `_`. Whether it is a region
    /// is told by those who know some.
    pub fn possible_region(&self) -> Option<&str> {
        let Scope::Project { name, .. } = &self.scope else { return None };
        name.split('_').next()
    }

    /// The region of its project, if that is known.
    pub fn region(&self) -> Option<&str> {
        self.possible_region().filter(|region| regions::is_known(region))
    }

    /// The RDS host of its region, if region and cloud are known for sure.
    pub fn rds_host(&self) -> Option<String> {
        regions::rds_host(self.region()?, self.cloud.as_deref())
    }

    /// The cloud of its project, if that is known for sure.
    pub fn known_cloud(&self) -> Option<Cloud> {
        regions::cloud_of_region(self.possible_region()?, self.cloud.as_deref())
    }

    /// When it was issued, if that is later than now: the clock of this computer is behind.
    pub fn issued_later(&self, now: UnixSeconds) -> Option<UnixSeconds> {
        self.issued.filter(|at| at.0 > now.0 + MAX_CLOCK_DIFFERENCE)
    }

    /// What is wrong with it for a project at a host, the most certain cause first. What isn't known, an empty project ID or a
    /// host of no known region, is nothing to be wrong with.
    pub fn problems(&self, project_id: &str, host: Option<&str>, now: UnixSeconds) -> Vec<TokenProblem> {
        let expired = self.expires.filter(|at| *at <= now).map(|at| TokenProblem::Expired { at });
        let scope = match &self.scope {
            Scope::Project { id, .. } if id == project_id || project_id.is_empty() => None,
            Scope::Project { name, .. } => Some(TokenProblem::OfOtherProject { project: name.clone() }),
            Scope::Account { name } => Some(TokenProblem::WithoutProject { account: Some(name.clone()) }),
            Scope::Unscoped => Some(TokenProblem::WithoutProject { account: None }),
        };
        let regions = self.region().zip(host.and_then(regions::region_of));
        let region = regions.filter(|(token, endpoint)| token != endpoint).map(|(token, endpoint)| {
            TokenProblem::OfOtherRegion { token: token.to_owned(), endpoint: endpoint.to_owned() }
        });
        let read_only = self.is_readonly.then_some(TokenProblem::ReadOnly);
        [expired, scope, region, read_only].into_iter().flatten().collect()
    }
}
