//! What can happen in a history.

use coagentor::PlanName;
use confluence_sim::{Fault, FaultEffect, FaultWhen};
use proptest::prelude::*;

/// Something that happens.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Change(Change),
    /// Hours pass.
    Wait(u8),
    Plan(PlanName),
    /// Which of the three spaces are selected, as bits; none is taken for all.
    Select(u8),
    Fault(Fault),
    /// Points that Atlassian allows from now on, in an hour.
    Points(u64),
    FaultsEnd,
    Sync(Sync),
}

/// A change to the site. Numbers choose among what there is.
#[derive(Debug, Clone)]
pub(super) enum Change {
    Edit(usize),
    Rename(usize),
    /// To another place, where 0 is the same space and 1 to 3 are the three; with a new version or without.
    Move(usize, usize, bool),
    Trash(usize, bool),
    Purge(usize),
    Archive(usize),
    Unarchive(usize),
    Restrict(usize, bool),
    Add(usize),
}

/// A run.
#[derive(Debug, Clone)]
pub(super) struct Sync {
    pub(super) kind: Kind,
    /// Killed after so many requests and then so many microseconds.
    pub(super) killed: Option<(usize, u16)>,
    /// A change to the site after so many requests.
    pub(super) meanwhile: Option<(usize, Change)>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Poll,
    Click,
    Full,
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => change().prop_map(Step::Change),
        1 => (1_u8..30).prop_map(Step::Wait),
        1 => prop_oneof![Just(PlanName::Free), Just(PlanName::Pro)].prop_map(Step::Plan),
        1 => (0_u8..8).prop_map(Step::Select),
        3 => fault().prop_map(Step::Fault),
        1 => (1_u64..90).prop_map(Step::Points),
        1 => Just(Step::FaultsEnd),
        6 => sync().prop_map(Step::Sync),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => any::<usize>().prop_map(Change::Edit),
        1 => any::<usize>().prop_map(Change::Rename),
        2 => (any::<usize>(), 0_usize..4, any::<bool>()).prop_map(|(page, to, raise)| Change::Move(page, to, raise)),
        2 => (any::<usize>(), any::<bool>()).prop_map(|(page, hidden)| Change::Trash(page, hidden)),
        1 => any::<usize>().prop_map(Change::Purge),
        1 => any::<usize>().prop_map(Change::Archive),
        1 => any::<usize>().prop_map(Change::Unarchive),
        2 => (any::<usize>(), any::<bool>()).prop_map(|(page, hidden)| Change::Restrict(page, hidden)),
        2 => any::<usize>().prop_map(Change::Add),
    ]
}

fn sync() -> impl Strategy<Value = Sync> {
    let kind = prop_oneof![Just(Kind::Poll), Just(Kind::Click), Just(Kind::Full)];
    let killed = proptest::option::weighted(0.3, (0_usize..9, 0_u16..4_000));
    let meanwhile = proptest::option::weighted(0.3, (0_usize..9, change()));
    (kind, killed, meanwhile).prop_map(|(kind, killed, meanwhile)| Sync { kind, killed, meanwhile })
}

fn fault() -> impl Strategy<Value = Fault> {
    let path = prop_oneof![
        3 => Just("*/wiki/api/v2/spaces/*/pages"),
        3 => Just("*/wiki/api/v2/pages"),
        1 => Just("*/wiki/api/v2/*"),
        1 => Just("*/oauth/token"),
    ];
    let when = prop_oneof![
        Just(FaultWhen::Every),
        (1_u64..5).prop_map(FaultWhen::Nth),
        (1_u64..4).prop_map(FaultWhen::Next),
        (2_u64..4).prop_map(FaultWhen::EveryNth),
    ];
    (path, when, effect()).prop_map(|(path, when, effect)| Fault::on(path, effect).when(when))
}

fn effect() -> impl Strategy<Value = FaultEffect> {
    let status = |code: u16, headers: &[(&str, &str)]| FaultEffect::Status {
        code,
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        body: String::new(),
    };
    let bad_cursor = FaultEffect::Status {
        code: 400,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: r#"{"errors":[{"status":400,"code":"INVALID_REQUEST_PARAMETER","title":"Provided value for 'cursor' is not the correct type. Expected type is Cursor.","detail":""}]}"#.to_owned(),
    };
    prop_oneof![
        Just(status(404, &[])),
        Just(status(403, &[])),
        Just(status(429, &[])),
        Just(status(429, &[("retry-after", "3600")])),
        Just(status(500, &[])),
        Just(status(504, &[])),
        Just(bad_cursor),
        Just(FaultEffect::DropConnection),
        (0_usize..300).prop_map(|bytes| FaultEffect::TruncateBody { bytes }),
        Just(FaultEffect::Html { code: 200 }),
        Just(FaultEffect::InvalidJson),
    ]
}
