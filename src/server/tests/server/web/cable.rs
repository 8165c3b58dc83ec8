//! The cable between a patient's device and the server: pulled out, nothing gets through.

use std::{
    collections::HashMap,
    net::{SocketAddr, UdpSocket},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    thread::JoinHandle,
    time::Duration,
};

/// More than a datagram holds.
const DATAGRAM: usize = 65_536;

#[derive(Default)]
struct Switches {
    out: AtomicBool,
    ended: AtomicBool,
}

pub struct Cable {
    socket: UdpSocket,
    switches: Arc<Switches>,
    threads: Vec<JoinHandle<()>>,
}

impl Cable {
    pub fn new() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        Self { socket, switches: Arc::default(), threads: Vec::new() }
    }

    /// What devices are told to dial.
    pub fn address(&self) -> SocketAddr {
        self.socket.local_addr().unwrap()
    }

    /// From now on what comes goes there, and back.
    pub fn lead_to(&mut self, server: SocketAddr) {
        let (socket, switches) = (self.socket.try_clone().unwrap(), Arc::clone(&self.switches));
        let carry = move || carry(&socket, server, &switches);
        self.threads.push(std::thread::Builder::new().name("cable".into()).spawn(carry).unwrap());
    }

    pub fn pull(&self) {
        self.switches.out.store(true, SeqCst);
    }

    pub fn plug(&self) {
        self.switches.out.store(false, SeqCst);
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.switches.ended.store(true, SeqCst);
        self.threads.drain(..).for_each(|thread| thread.join().unwrap());
    }
}

fn carry(socket: &UdpSocket, server: SocketAddr, switches: &Switches) {
    socket.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
    let (mut up, mut bytes) = (HashMap::new(), vec![0; DATAGRAM]);
    let through = || !switches.out.load(SeqCst);
    while !switches.ended.load(SeqCst) {
        while let Ok((length, from)) = socket.recv_from(&mut bytes) {
            let to = up.entry(from).or_insert_with(|| {
                let to = UdpSocket::bind("127.0.0.1:0").unwrap();
                to.connect(server).unwrap();
                to.set_nonblocking(true).unwrap();
                to
            });
            if through() {
                // A server that is gone says so, too.
                let _ = to.send(&bytes[..length]);
            }
        }
        for (from, back) in &up {
            while let Ok(length) = back.recv(&mut bytes) {
                if through() {
                    let _ = socket.send_to(&bytes[..length], from);
                }
            }
        }
    }
}
