//! A way between device and server that loses, doubles, delays and overtakes.

use std::{
    collections::{BTreeMap, HashMap},
    net::{SocketAddr, UdpSocket},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

#[derive(Debug, Clone, Copy)]
pub struct Weather {
    pub name: &'static str,
    /// Lost of a hundred, while it is good and while it is bad.
    pub lost: (u8, u8),
    /// Of a thousand packets, how many turn it bad; good again.
    pub turns: (u16, u16),
    pub doubled: u8,
    /// A packet takes up to so long: later ones overtake it.
    pub late_ms: u64,
}

pub const CALM: Weather = Weather { name: "calm", lost: (0, 0), turns: (0, 1_000), doubled: 0, late_ms: 0 };

#[derive(Default)]
pub struct Switches {
    /// Nothing gets through.
    pub cut: AtomicBool,
    /// Nothing comes back.
    pub deaf: AtomicBool,
    /// Addresses from which the device came.
    pub clients: AtomicUsize,
    /// What the device sent.
    pub tape: Mutex<Vec<Vec<u8>>>,
    ended: AtomicBool,
}

pub struct Proxy {
    pub addr: SocketAddr,
    pub switches: Arc<Switches>,
    thread: Option<JoinHandle<()>>,
}

impl Proxy {
    pub fn start(server: SocketAddr, weather: Weather) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        socket.set_nonblocking(true).unwrap();
        let (addr, switches) = (socket.local_addr().unwrap(), Arc::new(Switches::default()));
        let way = Way {
            socket,
            server,
            weather,
            bad: false,
            rng: fastrand::Rng::with_seed(7),
            switches: Arc::clone(&switches),
            up: HashMap::new(),
            late: BTreeMap::new(),
            number: 0,
        };
        let thread = std::thread::Builder::new().spawn(move || way.run()).unwrap();
        Self { addr, switches, thread: Some(thread) }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.switches.ended.store(true, SeqCst);
        self.thread.take().map(JoinHandle::join);
    }
}

struct Way {
    socket: UdpSocket,
    server: SocketAddr,
    weather: Weather,
    bad: bool,
    rng: fastrand::Rng,
    switches: Arc<Switches>,
    up: HashMap<SocketAddr, UdpSocket>,
    late: BTreeMap<(Instant, u64), (SocketAddr, bool, Vec<u8>)>,
    number: u64,
}

impl Way {
    fn run(mut self) {
        let mut buffer = [0; 65_536];
        while !self.switches.ended.load(SeqCst) {
            let mut idle = true;
            while let Ok((bytes, from)) = self.socket.recv_from(&mut buffer) {
                idle = false;
                self.switches.tape.lock().unwrap().push(buffer[..bytes].to_vec());
                self.put(from, true, &buffer[..bytes]);
            }
            let clients: Vec<SocketAddr> = self.up.keys().copied().collect();
            for client in clients {
                while let Ok(bytes) = self.up[&client].recv(&mut buffer) {
                    idle = false;
                    if !self.switches.deaf.load(SeqCst) {
                        self.put(client, false, &buffer[..bytes]);
                    }
                }
            }
            while let Some(entry) = self.late.first_entry().filter(|entry| entry.key().0 <= Instant::now()) {
                let (client, up, packet) = entry.remove();
                self.pass(client, up, &packet);
            }
            if idle {
                std::thread::sleep(Duration::from_micros(300));
            }
        }
    }

    fn put(&mut self, client: SocketAddr, up: bool, packet: &[u8]) {
        let (worse, better) = self.weather.turns;
        let turns = self.rng.u16(0..1_000) < if self.bad { better } else { worse };
        self.bad ^= turns;
        let lost = if self.bad { self.weather.lost.1 } else { self.weather.lost.0 };
        if self.rng.u8(0..100) < lost || self.switches.cut.load(SeqCst) {
            return;
        }
        let copies = 1 + u8::from(self.rng.u8(0..100) < self.weather.doubled);
        for _ in 0..copies {
            let late = Duration::from_millis(self.rng.u64(0..=self.weather.late_ms));
            self.number += 1;
            self.late.insert((Instant::now() + late, self.number), (client, up, packet.to_vec()));
        }
    }

    fn pass(&mut self, client: SocketAddr, up: bool, packet: &[u8]) {
        if !up {
            let _ = self.socket.send_to(packet, client);
            return;
        }
        let (server, switches) = (self.server, &self.switches);
        let socket = self.up.entry(client).or_insert_with(|| {
            switches.clients.fetch_add(1, SeqCst);
            let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
            socket.connect(server).unwrap();
            socket.set_nonblocking(true).unwrap();
            socket
        });
        let _ = socket.send(packet);
    }
}
