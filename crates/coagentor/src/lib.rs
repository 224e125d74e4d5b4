//! The application without a window: connections, sync, plan, scheduler, retrieval.
