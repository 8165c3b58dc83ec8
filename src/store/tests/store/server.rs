//! A real PostgreSQL in a folder of its own, on a port of this machine.

use rcgen::{CertifiedKey, generate_simple_self_signed};
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, fs, net::TcpListener, thread, time::Duration, time::Instant};
use tempfile::TempDir;

pub struct Server {
    folder: TempDir,
    programs: PathBuf,
    port: u16,
    process: Option<Child>,
    databases: u32,
}

/// None, and said so, where PostgreSQL is not installed; `cargo xtask test` installs it and does not let it be missing.
pub fn server() -> Option<Server> {
    server_in(Path::new("/dev/shm"))
}

pub fn server_in(folder: &Path) -> Option<Server> {
    let whole = |bin: &PathBuf| {
        ["initdb", "postgres", "pg_isready", "psql"].iter().all(|name| bin.join(name).exists())
    };
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = debian.map(|version| version.path().join("bin")).filter(whole).max();
    let path = env::var_os("PATH").unwrap_or_default();
    let Some(programs) = newest.or_else(|| env::split_paths(&path).find(whole)) else {
        assert!(env::var_os("BARO_NEEDS_POSTGRES").is_none(), "PostgreSQL is not installed");
        println!("SKIPPED: PostgreSQL is not installed (Debian's package postgresql)");
        return None;
    };
    let folder = TempDir::new_in(folder).or_else(|_| TempDir::new()).unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut server = Server { folder, programs, port, process: None, databases: 0 };
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    fs::write(server.file("server.crt"), cert.pem()).unwrap();
    fs::write(server.file("server.key"), signing_key.serialize_pem()).unwrap();
    for file in ["server.crt", "server.key", ""] {
        server.give_away(&server.file(file));
    }
    let data = server.file("data");
    let mut made = server.program("initdb");
    made.args(["--username=baro", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"])
        .arg(data);
    assert!(made.stdout(Stdio::null()).status().unwrap().success());
    server.start();
    Some(server)
}

impl Server {
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// PostgreSQL refuses to be root, and to read a key that is not its own.
    fn give_away(&self, file: &Path) {
        if let Some(user) = user_instead_of_root() {
            chown(file, Some(user), None).unwrap();
        }
        use std::os::unix::fs::PermissionsExt as _;
        let mode = if file.is_dir() { 0o700 } else { 0o600 };
        fs::set_permissions(file, fs::Permissions::from_mode(mode)).unwrap();
    }

    pub fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        if user_instead_of_root().is_none() {
            return Command::new(program);
        }
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(program);
        command.current_dir("/");
        command
    }

    pub fn start(&mut self) {
        let key = |name: &str| self.file(name).display().to_string();
        let settings = [
            "listen_addresses=127.0.0.1".to_owned(),
            format!("port={}", self.port),
            "unix_socket_directories=".to_owned(),
            "shared_buffers=16MB".to_owned(),
            // In its folder, which is deleted: a killed one leaves it behind.
            "dynamic_shared_memory_type=mmap".to_owned(),
            "ssl=on".to_owned(),
            format!("ssl_cert_file={}", key("server.crt")),
            format!("ssl_key_file={}", key("server.key")),
        ];
        // After a kill its children may live for a moment, and it waits for none.
        let deadline = Instant::now() + Duration::from_secs(60);
        while Instant::now() < deadline {
            let mut command = self.program("postgres");
            command
                .arg("-D")
                .arg(self.file("data"))
                .args(settings.iter().flat_map(|setting| ["-c", setting]));
            let mut process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            while process.try_wait().unwrap().is_none() && Instant::now() < deadline {
                if self
                    .program("pg_isready")
                    .args(["--quiet", "--host=127.0.0.1", "--port", &self.port.to_string()])
                    .status()
                    .unwrap()
                    .success()
                {
                    self.process = Some(process);
                    return;
                }
                thread::sleep(Duration::from_millis(50));
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("PostgreSQL does not start");
    }

    /// `kill -9`, as a power cut is to a process.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    pub fn url(&self, database: &str, more: &str) -> String {
        format!("postgres://baro@localhost:{}/{database}{more}", self.port)
    }

    /// The URL of a new, empty database.
    pub fn database(&mut self) -> String {
        self.databases += 1;
        let name = format!("test{}", self.databases);
        self.sql("template1", &format!("CREATE DATABASE {name} TEMPLATE template0"));
        self.url(&name, "")
    }

    pub fn sql(&self, database: &str, sql: &str) {
        let done = self
            .program("psql")
            .args(["--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1", "-c", sql])
            .arg(self.url(database, ""))
            .status();
        assert!(done.unwrap().success(), "{sql}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

fn user_instead_of_root() -> Option<u32> {
    let id = |of: &[&str]| String::from_utf8(Command::new("id").args(of).output().unwrap().stdout).unwrap();
    (id(&["-u"]).trim() == "0").then(|| id(&["-u", "postgres"]).trim().parse().unwrap())
}
