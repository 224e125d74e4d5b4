//! Client for Confluence Cloud: OAuth 2.0 (3LO), REST v2, paging, rate limits, storage format to sections.

pub mod storage;
