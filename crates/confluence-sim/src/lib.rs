//! A Confluence Cloud site and Atlassian's authorization server on loopback, for tests, benches and the sample workspace.
