//! The client of one site.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use url::Url;

use crate::auth::Credentials;
use crate::endpoints::{Endpoints, below};
use crate::error::Error;
use crate::listing::{LARGEST_LIMIT, ListRequest, Listing};
use crate::model::{BodyFormat, Folder, FolderId, Page, PageHead, PageId, Space, SpaceId};
use crate::page_heads::{HeadOrder, PageHeads};
use crate::sites::Site;
use crate::transport::{Authentication, RateLimit, Read, Reply, Transport, Usage, Wanted};
use crate::wire::{Envelope, FolderBody, ListLinks, PageBody, SpaceBody, UserBody, WebBase};

/// Types of spaces that people share. New spaces are no longer `global`, and a list takes one type at a time
/// (jira.atlassian.com/browse/CONFCLOUD-78652, github.com/dust-tt/dust/pull/8510).
const SHARED_SPACES: [&str; 3] = ["global", "collaboration", "knowledge_base"];

/// Reads one Confluence site. Cheap to clone.
///
/// Every call waits for a slot, retries what is worth it, and refreshes the access token once when it is refused.
/// Dropping a call's future cancels it.
#[derive(Debug, Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    transport: Transport,
    credentials: Credentials,
    site: Site,
    api: Url,
}

impl Client {
    /// A client for `site`. With OAuth it asks the gateway of `endpoints`; with an API token the site itself.
    pub fn new(endpoints: Endpoints, credentials: Credentials, site: Site, transport: Transport) -> Self {
        let api = match &credentials {
            Credentials::OAuth(_) => below(endpoints.api, &["ex", "confluence", &site.id, "wiki", "api", "v2"]),
            Credentials::ApiToken { .. } => below(site.url.clone(), &["wiki", "api", "v2"]),
        };
        Self { inner: Arc::new(Inner { transport, credentials, site, api }) }
    }

    /// The site.
    pub fn site(&self) -> &Site {
        &self.inner.site
    }

    /// What the requests have cost so far.
    pub fn usage(&self) -> Usage {
        self.inner.transport.usage()
    }

    /// What the last answer that spoke of rate limits said.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.inner.transport.rate_limit()
    }

    /// Every current space that the person may see and that people work in together. Personal spaces are left out, as a
    /// large site has thousands; [`Self::spaces_by_keys`] finds one.
    pub async fn spaces(&self) -> Result<Vec<Space>, Error> {
        let mut spaces = Vec::new();
        for kind in SHARED_SPACES {
            let parameters = vec![("type", kind.to_owned()), ("status", "current".to_owned())];
            spaces.extend(self.list_spaces(parameters).await?);
        }
        // Should a server not know the types apart, each space would come three times.
        let mut seen = HashSet::new();
        spaces.retain(|space| seen.insert(space.id.clone()));
        Ok(spaces)
    }

    /// The spaces with these keys, of any type and status; unknown keys are simply absent.
    pub async fn spaces_by_keys(&self, keys: &[String]) -> Result<Vec<Space>, Error> {
        let mut spaces = Vec::with_capacity(keys.len());
        for part in keys.chunks(LARGEST_LIMIT) {
            spaces.extend(self.list_spaces(vec![("keys", part.join(","))]).await?);
        }
        Ok(spaces)
    }

    /// The space with this key.
    pub async fn space_by_key(&self, key: &str) -> Result<Option<Space>, Error> {
        let spaces = self.spaces_by_keys(&[key.to_owned()]).await?;
        Ok(spaces.into_iter().find(|space| space.key == key))
    }

    /// The heads of a space's current pages.
    pub fn page_heads(&self, space: &SpaceId, order: HeadOrder) -> PageHeads {
        PageHeads::new(self, space, order)
    }

    /// One page, whatever its status: a trashed page can come back as such. `None` for 404, which proves nothing alone.
    pub async fn page(&self, id: &PageId, format: BodyFormat) -> Result<Option<Page>, Error> {
        let url = self.url(&["pages", id.as_str()], &[("body-format", format.as_str().to_owned())]);
        let body: Option<PageBody> = found(self.get(url, false).await)?;
        self.inner.transport.count_objects(usize::from(body.is_some()));
        let base = WebBase { stated: None, site: &self.inner.site.url };
        Ok(body.map(|page| page.into_page(format, base)))
    }

    /// One folder's title and place. Needs the scope `read:folder:confluence`.
    pub async fn folder(&self, id: &FolderId) -> Result<Option<Folder>, Error> {
        let body: Option<FolderBody> = found(self.get(self.url(&["folders", id.as_str()], &[]), false).await)?;
        Ok(body.map(Folder::from))
    }

    /// Display names of accounts; those that Confluence does not know or show are absent. Needs the scope
    /// `read:user:confluence`.
    pub async fn user_names(&self, account_ids: &[String]) -> Result<BTreeMap<String, String>, Error> {
        let mut names = BTreeMap::new();
        for some in account_ids.chunks(LARGEST_LIMIT) {
            let wanted = Wanted::Names { api: self.inner.api.clone(), account_ids: some.to_vec() };
            let reply: Reply<Envelope<UserBody>> = self.read(wanted, false).await?;
            self.inner.transport.count_objects(reply.value.results.len());
            names.extend(reply.value.results.into_iter().filter_map(UserBody::into_name));
        }
        Ok(names)
    }

    /// The web address of a page.
    pub fn web_url(&self, page: &PageHead) -> String {
        page.webui.clone()
    }

    async fn list_spaces(&self, parameters: Vec<(&'static str, String)>) -> Result<Vec<Space>, Error> {
        let request = ListRequest { path: vec!["spaces".to_owned()], parameters, limit: LARGEST_LIMIT };
        let mut listing = self.listing::<SpaceBody>(request);
        let mut spaces = Vec::new();
        while let Some(envelope) = listing.next().await? {
            let base = self.web_base(&envelope.links);
            spaces.extend(envelope.results.into_iter().map(|space| space.into_space(base)));
        }
        Ok(spaces)
    }

    pub(crate) fn listing<T: DeserializeOwned>(&self, request: ListRequest) -> Listing<T> {
        Listing::new(self.clone(), request)
    }

    /// One answer of a list.
    pub(crate) async fn list<T: DeserializeOwned>(
        &self,
        request: &ListRequest,
        cursor: Option<&str>,
        smaller_is_possible: bool,
    ) -> Result<Reply<Envelope<T>>, Error> {
        let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
        let mut url = self.url(&path, &request.parameters);
        url.query_pairs_mut().append_pair("limit", &request.limit.to_string());
        if let Some(cursor) = cursor {
            url.query_pairs_mut().append_pair("cursor", cursor);
        }
        let reply: Reply<Envelope<T>> = self.get(url, smaller_is_possible).await?;
        self.inner.transport.count_objects(reply.value.results.len());
        Ok(reply)
    }

    async fn get<T: DeserializeOwned>(&self, url: Url, smaller_is_possible: bool) -> Result<Reply<T>, Error> {
        self.read(Wanted::Address(url), smaller_is_possible).await
    }

    /// Asks with the credentials; a refused access token is refreshed once.
    async fn read<T: DeserializeOwned>(&self, wanted: Wanted, smaller_is_possible: bool) -> Result<Reply<T>, Error> {
        let tokens = match &self.inner.credentials {
            Credentials::ApiToken { email, token } => {
                let authentication = Authentication::Basic(email.clone(), token.clone());
                return self.inner.transport.read(&Read { wanted, authentication, smaller_is_possible }).await;
            }
            Credentials::OAuth(tokens) => tokens,
        };
        let mut token = tokens.access_token().await?;
        let mut read = Read { wanted, authentication: Authentication::Bearer(token.clone()), smaller_is_possible };
        let mut outcome = self.inner.transport.read(&read).await;
        if matches!(outcome, Err(Error::Unauthorized { .. })) && tokens.invalidate(&token) {
            token = tokens.access_token().await?;
            read.authentication = Authentication::Bearer(token.clone());
            outcome = self.inner.transport.read(&read).await;
        }
        if outcome.is_ok() {
            tokens.accepted(&token);
        }
        outcome
    }

    fn url(&self, path: &[&str], parameters: &[(&'static str, String)]) -> Url {
        let mut url = below(self.inner.api.clone(), path);
        if !parameters.is_empty() {
            url.query_pairs_mut().extend_pairs(parameters);
        }
        url
    }

    pub(crate) fn web_base<'a>(&'a self, links: &'a ListLinks) -> WebBase<'a> {
        WebBase { stated: links.base.as_deref(), site: &self.inner.site.url }
    }

    pub(crate) fn concurrency(&self) -> usize {
        self.inner.transport.concurrency()
    }

    pub(crate) async fn rest(&self) {
        self.inner.transport.rest().await;
    }
}

fn found<T>(outcome: Result<Reply<T>, Error>) -> Result<Option<T>, Error> {
    match outcome {
        Ok(reply) => Ok(Some(reply.value)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
