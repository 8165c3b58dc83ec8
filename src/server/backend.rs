//! What the sessions have behind them: the store's threads and the server's keys.

use crate::{factor::Secret, invite, keys::ServerKeys, metrics::Metrics, now_ms, pool::Pool};
use baro_cluster::{Free, Nodes, Told};
use baro_net::{Backend, Home, Unavailable, Wanted};
use baro_store::{Store, StoreError};
use baro_sync::{Account, Actor, Data, Facts, Keys, Write, Written, audit};
use baro_wire::limits::{CODE_BYTES, NODE_BYTES};
use baro_wire::{
    Cursor, Decision, DeviceId, PersonId, PostBody, PostId, Reply, Request, Role, RoomId, Standing, Text, may,
};
use std::sync::Arc;

/// The store and the keys of a running server.
pub struct Behind {
    pool: Pool,
    keys: Arc<ServerKeys>,
    metrics: Arc<Metrics>,
    /// The other servers; none: it is alone.
    nodes: Option<Nodes>,
}

impl Behind {
    /// Of a store that runs.
    pub fn new(pool: Pool, keys: Arc<ServerKeys>, metrics: Arc<Metrics>, nodes: Option<Nodes>) -> Arc<Self> {
        Arc::new(Self { pool, keys, metrics, nodes })
    }

    /// The other servers.
    pub const fn cluster(&self) -> Option<&Nodes> {
        self.nodes.as_ref()
    }

    async fn tell(&self, told: Option<Told>) {
        if let (Some(nodes), Some(told)) = (&self.nodes, told) {
            nodes.tell(told).await;
        }
    }

    /// The store's threads.
    pub const fn pool(&self) -> &Pool {
        &self.pool
    }

    /// The server's figures.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }
}

impl Backend for Behind {
    async fn find(&self, device: DeviceId) -> Result<Option<Account>, Unavailable> {
        let find = move |store: &mut dyn Store| {
            let found = store.find(device)?;
            let staff = found.filter(|account| account.role.is_staff());
            let factor = staff.map(|account| store.factor(account.person)).transpose()?.flatten();
            Ok((found, factor))
        };
        let (found, factor) = self.pool.read("find", find).await.ok_or(Unavailable)?;
        // The digits are compared in the session, which does not wait for a disk.
        if let (Some(account), Some(factor)) = (found, factor) {
            self.keys.remember(account.person, Secret::of(factor.secret), factor.last_step);
        }
        Ok(found)
    }

    async fn look(&self, actor: Actor, request: Request) -> Result<(Facts, Data), Unavailable> {
        if let Request::Invite { role } = request {
            return self
                .pool
                .change("invite", move |store| invite_as(store, &actor, role))
                .await
                .ok_or(Unavailable);
        }
        self.pool.read("look", move |store| store.look(&actor, &request)).await.ok_or(Unavailable)
    }

    async fn log(&self, drafts: Vec<audit::Draft>) -> Result<(), Unavailable> {
        self.pool.log(drafts).await.ok_or(Unavailable)
    }

    async fn write(&self, actor: Option<Actor>, write: Write) -> Result<Written, Unavailable> {
        let bytes = if let Write::Chunk { bytes, .. } = &write { bytes.len() } else { 0 };
        let told = concerns_others(&write);
        let written = self.pool.write(actor, write).await.ok_or(Unavailable)?;
        if matches!(written, Written::Done(_)) {
            self.metrics.stored(bytes);
        }
        if matches!(written, Written::Done(_) | Written::Erased { .. }) {
            self.tell(told).await;
        }
        Ok(written)
    }

    async fn use_factor(&self, person: PersonId) -> Result<bool, Unavailable> {
        let Some(step) = self.keys.take_used(person) else { return Ok(false) };
        let used = self.pool.change("factor", move |store| store.use_factor_step(person, step)).await;
        used.ok_or(Unavailable)
    }

    async fn news(&self, post: PostId) -> Vec<(PersonId, Cursor)> {
        let news = self.pool.read("news", move |store| store.news(post)).await.unwrap_or_default();
        for (person, cursor) in &news {
            self.tell(Some(Told::News(*person, *cursor))).await;
        }
        news
    }

    fn keys(&self) -> &dyn Keys {
        &*self.keys
    }

    fn is_one_of_many(&self) -> bool {
        self.nodes.is_some()
    }

    fn nodes(&self) -> Vec<Text<NODE_BYTES>> {
        self.nodes.as_ref().map(Nodes::places).unwrap_or_default()
    }

    async fn home(&self, wanted: &Wanted) -> Result<Home, Unavailable> {
        let Some(nodes) = &self.nodes else { return Ok(Home::Nowhere) };
        let wanted = match wanted {
            Wanted::Room(room) => baro_cluster::Wanted::Room(*room),
            Wanted::Code(code) => baro_cluster::Wanted::Code(code.clone()),
        };
        Ok(match nodes.home(&wanted).await.map_err(|_| Unavailable)? {
            baro_cluster::Home::Nowhere => Home::Nowhere,
            baro_cluster::Home::There(at) => Home::There(at),
            baro_cluster::Home::Mine(room) => Home::Mine(room),
            baro_cluster::Home::Free(Free { revision, snapshot, ago_ms }) => {
                Home::Free { revision, snapshot, ago_ms }
            }
        })
    }

    async fn keep(
        &self,
        room: RoomId,
        code: &Text<CODE_BYTES>,
        after: u64,
        snapshot: Vec<u8>,
    ) -> Result<Option<u64>, Unavailable> {
        let nodes = self.nodes.as_ref().ok_or(Unavailable)?;
        nodes.keep(room, code, after, snapshot).await.map_err(|_| Unavailable)
    }

    async fn name(&self, room: RoomId, code: &Text<CODE_BYTES>) -> Result<(), Unavailable> {
        let nodes = self.nodes.as_ref().ok_or(Unavailable)?;
        nodes.name(room, code).await.map_err(|_| Unavailable)
    }

    async fn ended(&self, room: RoomId) -> Result<(), Unavailable> {
        let nodes = self.nodes.as_ref().ok_or(Unavailable)?;
        nodes.end(room).await.map_err(|_| Unavailable)
    }
}

/// What a write changes for the classes and devices that other servers have.
const fn concerns_others(write: &Write) -> Option<Told> {
    let Write::Post { post, .. } = write else { return None };
    match post.body {
        PostBody::Consent { .. } | PostBody::Erase => Some(Told::Consents(post.about)),
        PostBody::RevokeDevice { device } => Some(Told::Revoked(device)),
        _ => None,
    }
}

/// A pairing code for somebody new. Whether the actor may is decided here, before anything is written, and once more by the
/// session, from the same facts.
fn invite_as(store: &mut dyn Store, actor: &Actor, role: Role) -> Result<(Facts, Data), StoreError> {
    let request = Request::Invite { role };
    let (facts, _) = store.look(actor, &request)?;
    let allowed = facts.device_active
        && !facts.erased
        && actor.role == facts.role
        && may(Standing::As(actor.role), request.ask(), facts.relation, facts.consents) == Decision::Allowed;
    if !allowed {
        return Ok((facts, Data::Nothing));
    }
    let Some((person, code)) = invite::random_person().zip(invite::random_code()) else {
        return Ok((facts, Data::Nothing));
    };
    let invited = invite::store(store, &code, actor.organisation, person, role, now_ms())?;
    let valid_s = u32::try_from(invite::VALID_MS / 1_000).unwrap_or_default();
    let reply = || Data::Reply(Box::new(Reply::Invited { code: code.clone(), valid_s }));
    Ok((facts, if invited { reply() } else { Data::Nothing }))
}
