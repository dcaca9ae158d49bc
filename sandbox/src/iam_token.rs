//! Tokens as IAM issues them: base64 of a CMS `SignedData` around JSON, with `/` written `-`. They are signed with a key that is
//! made when the sandbox starts, and are valid nowhere else.

use std::str::FromStr;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cms::cert::IssuerAndSerialNumber;
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos};
use rcgen::{KeyPair, SigningKey};
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::macros::format_description;
use x509_cert::der::asn1::{OctetString, SetOfVec};
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::der::{Any, Decode, Encode, Tag};
use x509_cert::name::RdnSequence;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::AlgorithmIdentifierOwned;

use crate::project::{PROJECT_ID, PROJECT_NAME};

/// How long a token is valid, as IAM's are.
pub const VALIDITY: Duration = Duration::from_secs(24 * 60 * 60);
/// Object identifiers: RFC 5652, sections 4 and 5.1; RFC 5754, section 2.2 and 3.3.
const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const ECDSA_WITH_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");

/// The key of this run.
static KEY: LazyLock<Option<KeyPair>> = LazyLock::new(|| KeyPair::generate().ok());

/// What a token says.
#[derive(Clone, Debug)]
pub struct Claims {
    /// The project that it is for: ID and name. `None` for a token of an account.
    pub project: Option<(String, String)>,
    /// The name of its user.
    pub user: String,
    /// When it was issued.
    pub issued: SystemTime,
    /// The names of its roles.
    pub roles: Vec<&'static str>,
    /// `xdomain_type`, where the cloud has one.
    pub xdomain_type: Option<&'static str>,
}

impl Claims {
    /// A token for the sandbox's project, issued now.
    pub fn new() -> Self {
        Self {
            project: Some((PROJECT_ID.into(), PROJECT_NAME.into())),
            user: "sandbox-operator".into(),
            issued: SystemTime::now(),
            roles: vec!["te_admin", "op_gated_sandbox"],
            xdomain_type: Some("TSI"),
        }
    }

    /// The JSON in the token, in the order of the newest samples.
    fn json(&self) -> Value {
        let mut domain = json!({ "name": "OTC-EU-DE-00000000001000000001", "id": "5bd28a1e3a8d4f0cbb5b3d6a9f3f7e01" });
        if let (Some(xdomain_type), Some(domain)) = (self.xdomain_type, domain.as_object_mut()) {
            domain.insert("xdomain_type".into(), xdomain_type.into());
            domain.insert("xdomain_id".into(), "00000000001000000001".into());
        }
        let roles: Vec<Value> = self.roles.iter().map(|name| json!({ "name": name, "id": "0" })).collect();
        let mut token = json!({
            "expires_at": timestamp(self.issued + VALIDITY),
            "methods": ["password"],
            "catalog": [],
            "roles": roles,
            "issued_at": timestamp(self.issued),
            "user": { "domain": domain, "name": self.user, "password_expires_at": "", "id": "7116d09f88fa41908676fdd4b039e95b" },
        });
        if let Some(token) = token.as_object_mut() {
            match &self.project {
                Some((id, name)) => token.insert("project".into(), json!({ "domain": domain, "name": name, "id": id })),
                None => token.insert("domain".into(), domain),
            };
        }
        json!({ "token": token })
    }

    /// The token; empty if the system can't make a key.
    pub fn token(&self) -> String {
        encode(self.json().to_string().as_bytes()).unwrap_or_default()
    }
}

impl Default for Claims {
    fn default() -> Self {
        Self::new()
    }
}

/// As IAM writes times: UTC, six digits of a second.
fn timestamp(moment: SystemTime) -> String {
    let format = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:6]Z");
    OffsetDateTime::from(moment).format(&format).unwrap_or_default()
}

/// A token with this content.
fn encode(content: &[u8]) -> Option<String> {
    let key = KEY.as_ref()?;
    let sha_256 = AlgorithmIdentifierOwned { oid: SHA_256, parameters: None };
    let signer = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: RdnSequence::from_str("CN=sandbox,O=RDS backup sandbox").ok()?,
            serial_number: SerialNumber::from(1_u32),
        }),
        digest_alg: sha_256.clone(),
        signed_attrs: None,
        signature_algorithm: AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA_256, parameters: None },
        signature: OctetString::new(key.sign(content).ok()?).ok()?,
        unsigned_attrs: None,
    };
    let container = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![sha_256]).ok()?,
        encap_content_info: EncapsulatedContentInfo {
            econtent_type: DATA,
            econtent: Some(Any::new(Tag::OctetString, content).ok()?),
        },
        certificates: None,
        crls: None,
        signer_infos: SignerInfos(SetOfVec::try_from(vec![signer]).ok()?),
    };
    let content = Any::from_der(&container.to_der().ok()?).ok()?;
    let bytes = ContentInfo { content_type: SIGNED_DATA, content }.to_der().ok()?;
    Some(STANDARD.encode(bytes).replace('/', "-"))
}
