//! The sites that a grant reaches.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::auth::TokenSet;
use crate::endpoints::{Endpoints, below};
use crate::error::{BodyProblem, Error};
use crate::transport::{Authentication, Read, Transport, Wanted};

/// A Confluence Cloud site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Cloud id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Address, such as `https://example.atlassian.net`.
    pub url: Url,
}

#[derive(Deserialize)]
struct Resource {
    id: String,
    url: Url,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    scopes: Vec<String>,
}

impl Resource {
    fn has_confluence(&self) -> bool {
        self.scopes.iter().any(|scope| scope.contains("confluence"))
    }

    fn into_site(self) -> Site {
        let name = self.name.filter(|name| !name.is_empty()).unwrap_or_else(|| host_label(&self.url));
        Site { id: self.id, name, url: self.url }
    }
}

/// The sites that the grant reaches with a Confluence scope. One grant can reach several, and nothing says which one the
/// person has just chosen: let them pick.
pub async fn accessible_sites(
    transport: &Transport,
    endpoints: &Endpoints,
    tokens: &TokenSet,
) -> Result<Vec<Site>, Error> {
    let read = Read {
        wanted: Wanted::Address(endpoints.accessible_resources()),
        authentication: Authentication::Bearer(tokens.access_token().clone()),
        smaller_is_possible: false,
    };
    let resources: Vec<Resource> = transport.read(&read).await?.value;
    let mut sites: Vec<Site> = Vec::new();
    for site in resources.into_iter().filter(Resource::has_confluence).map(Resource::into_site) {
        // A site is listed once for each product.
        if sites.iter().all(|known| known.id != site.id) {
            sites.push(site);
        }
    }
    Ok(sites)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TenantInfo {
    cloud_id: String,
}

/// The site at an address that the person typed, for an API token. Any page's address on the site will do. The cloud id
/// comes from `{site}/_edge/tenant_info`, which answers without credentials.
pub async fn site_of_url(transport: &Transport, address: &Url) -> Result<Site, Error> {
    let mut url = address.clone();
    url.set_path("");
    url.set_query(None);
    url.set_fragment(None);
    // Fails only for a URL without a host, which the transport refuses.
    let _ = (url.set_username(""), url.set_password(None));
    let read = Read {
        wanted: Wanted::Address(below(url.clone(), &["_edge", "tenant_info"])),
        authentication: Authentication::None,
        smaller_is_possible: false,
    };
    let TenantInfo { cloud_id: id } = transport.read(&read).await?.value;
    if id.is_empty() {
        return Err(Error::UnexpectedBody { problem: BodyProblem::Shape("an empty cloud id".to_owned()) });
    }
    Ok(Site { id, name: host_label(&url), url })
}

fn host_label(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    host.strip_suffix(".atlassian.net").unwrap_or(host).to_owned()
}
