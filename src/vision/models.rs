//! The pose models: what the manifest says, whether the files agree, and the library that runs them.

use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The ONNX Runtime that the project is built against.
const ONNXRUNTIME_VERSION: &str = "1.31.1";
/// Names a library file, ahead of all other places.
const ONNXRUNTIME_VARIABLE: &str = "BARO_ONNXRUNTIME";

/// How large a landmark model is used: better landmarks cost time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Complexity {
    /// Fastest.
    Lite,
    /// The usual choice.
    Full,
    /// Most exact, about four times the time of full.
    Heavy,
}

impl Complexity {
    /// All, from fast to exact.
    pub const ALL: [Self; 3] = [Self::Lite, Self::Full, Self::Heavy];

    /// `lite`, `full` or `heavy`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lite => "lite",
            Self::Full => "full",
            Self::Heavy => "heavy",
        }
    }
}

impl std::str::FromStr for Complexity {
    type Err = String;
    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|c| c.name() == name);
        found.ok_or_else(|| format!("`{name}` is not a model; choose lite, full or heavy"))
    }
}

/// Why a model or its library is refused. The sentences are for people.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// No manifest there, or not ours.
    #[error("the model list {} can't be read ({detail}); point to the project's models folder", path.display())]
    Manifest {
        /// Where it was looked for.
        path: PathBuf,
        /// Why not.
        detail: String,
    },
    /// A model file is not there.
    #[error("the model {} is missing; install Baro again, or restore it with `git checkout models` in a checkout", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A model file has another size or digest than the manifest says.
    #[error("the model {} is not the right one ({detail}); install Baro again, or restore it with `git checkout models` in a checkout", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What differs.
        detail: String,
    },
    /// ONNX Runtime was not found.
    #[error(
        "ONNX Runtime {ONNXRUNTIME_VERSION} is not installed (looked in {looked_in}); run `cargo xtask setup`"
    )]
    RuntimeMissing {
        /// The places.
        looked_in: String,
    },
    /// ONNX Runtime was found but does not load.
    #[error("ONNX Runtime at {} can't be used ({detail}); run `cargo xtask setup`", path.display())]
    Runtime {
        /// The library.
        path: PathBuf,
        /// Its loader's own words.
        detail: String,
    },
    /// ONNX Runtime refuses a model whose digest is right.
    #[error(
        "ONNX Runtime can't load the model {model} ({detail}); run `cargo xtask setup` to fetch the right version"
    )]
    Load {
        /// The model.
        model: String,
        /// The library's own words.
        detail: String,
    },
}

#[derive(Debug, Deserialize)]
struct Manifest {
    models: Vec<ModelEntry>,
}

/// What the manifest says about one model, as far as the program uses it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct ModelEntry {
    pub id: String,
    role: Role,
    complexity: Option<Complexity>,
    file: String,
    bytes: u64,
    sha256: String,
    pub input: Input,
    outputs: Vec<Output>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Role {
    Detector,
    Landmarks,
}

/// The input: RGB planes; a byte b becomes `b * scale + bias`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Input {
    pub name: String,
    pub shape: [usize; 4],
    pub scale: f32,
    pub bias: f32,
}

#[derive(Debug, Clone, Deserialize)]
struct Output {
    name: String,
    role: String,
    shape: Vec<usize>,
}

impl ModelEntry {
    /// The name of the output that plays a role; it must have `length` values.
    pub(crate) fn output(&self, role: &str, length: usize) -> Result<String, ModelError> {
        let found =
            self.outputs.iter().find(|o| o.role == role && o.shape.iter().product::<usize>() == length);
        found.map(|o| o.name.clone()).ok_or_else(|| ModelError::Load {
            model: self.id.clone(),
            detail: format!("the manifest names no output `{role}` with {length} values"),
        })
    }
}

/// The models folder, with its manifest read, and the library that runs models.
#[derive(Debug)]
pub struct ModelStore {
    dir: PathBuf,
    entries: Vec<ModelEntry>,
    pub(crate) environment: ort::environment::Environment,
}

impl ModelStore {
    /// Reads `models_dir/manifest.json` and loads the library (once in a process: the first one stays).
    ///
    /// # Errors
    /// No manifest, or a library that does not load.
    pub fn open(models_dir: &Path, onnxruntime: &Path) -> Result<Self, ModelError> {
        let entries = read_manifest(models_dir)?;
        Ok(Self { dir: models_dir.to_owned(), entries, environment: load_runtime(onnxruntime)? })
    }

    /// The landmark models whose files are there. They are verified when they are loaded.
    pub fn available(&self) -> Vec<Complexity> {
        let there = |c: &Complexity| self.entry(*c).is_some_and(|e| self.dir.join(&e.file).is_file());
        Complexity::ALL.into_iter().filter(there).collect()
    }

    /// SHA-256 that a landmark model's file must have, in hexadecimal.
    pub fn sha256(&self, complexity: Complexity) -> Option<&str> {
        self.entry(complexity).map(|entry| entry.sha256.as_str())
    }

    fn entry(&self, complexity: Complexity) -> Option<&ModelEntry> {
        self.entries.iter().find(|e| e.role == Role::Landmarks && e.complexity == Some(complexity))
    }

    /// The detector: its verified file and what the manifest says.
    pub(crate) fn detector(&self) -> Result<(PathBuf, &ModelEntry), ModelError> {
        self.verified(self.entries.iter().find(|e| e.role == Role::Detector), "detector")
    }

    /// A landmark model: its verified file and what the manifest says.
    pub(crate) fn landmarks(&self, complexity: Complexity) -> Result<(PathBuf, &ModelEntry), ModelError> {
        self.verified(self.entry(complexity), complexity.name())
    }

    fn verified<'a>(
        &self,
        entry: Option<&'a ModelEntry>,
        what: &str,
    ) -> Result<(PathBuf, &'a ModelEntry), ModelError> {
        let entry = entry.ok_or_else(|| ModelError::Manifest {
            path: self.dir.join(MANIFEST),
            detail: format!("it lists no {what} model"),
        })?;
        let path = self.dir.join(&entry.file);
        verify(&path, entry.bytes, &entry.sha256)?;
        Ok((path, entry))
    }
}

const MANIFEST: &str = "manifest.json";

fn read_manifest(models_dir: &Path) -> Result<Vec<ModelEntry>, ModelError> {
    let path = models_dir.join(MANIFEST);
    let read = std::fs::read_to_string(&path).map_err(|e| e.to_string());
    let parsed = read.and_then(|text| serde_json::from_str::<Manifest>(&text).map_err(|e| e.to_string()));
    parsed.map(|m| m.models).map_err(|detail| ModelError::Manifest { path, detail })
}

/// Compares a file with its size and digest, a piece at a time: the large model never lies in memory twice.
fn verify(path: &Path, bytes: u64, sha256: &str) -> Result<(), ModelError> {
    let wrong = |detail: String| ModelError::Wrong { path: path.to_owned(), detail };
    let mut file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            return Err(ModelError::Missing { path: path.to_owned() });
        }
        Err(e) => return Err(wrong(e.to_string())),
    };
    let size = file.metadata().map_err(|e| wrong(e.to_string()))?.len();
    if size != bytes {
        return Err(wrong(format!("{size} bytes instead of {bytes}")));
    }
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        let n = file.read(&mut piece).map_err(|e| wrong(e.to_string()))?;
        if n == 0 {
            break;
        }
        hasher.update(&piece[..n]);
    }
    let digest: String = hasher.finalize().iter().map(|b| format!("{b:02x}")).collect();
    if digest != sha256 {
        return Err(wrong("its SHA-256 digest differs from the manifest's".into()));
    }
    Ok(())
}

/// The library allows one environment in a process; it is made once and never torn down.
static ENVIRONMENT: Mutex<Option<ort::environment::Environment>> = Mutex::new(None);

fn load_runtime(path: &Path) -> Result<ort::environment::Environment, ModelError> {
    let mut environment = ENVIRONMENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(environment) = &*environment {
        return Ok(environment.clone());
    }
    let refused = |detail: String| ModelError::Runtime { path: path.to_owned(), detail };
    if !path.is_file() {
        return Err(refused("there is no such file".into()));
    }
    let builder = ort::init_from(path).map_err(|e| refused(e.to_string()))?;
    let made = builder.with_telemetry(false).build().map_err(|e| refused(e.to_string()))?;
    Ok(environment.insert(made).clone())
}

/// Finds ONNX Runtime: `$BARO_ONNXRUNTIME`, then beside the program, then in the user's cache, where
/// `cargo xtask setup` puts it (`~/.cache/baro/onnxruntime/VERSION/` on Linux).
///
/// # Errors
/// It is in none of these places.
pub fn find_onnxruntime() -> Result<PathBuf, ModelError> {
    if let Some(path) = std::env::var_os(ONNXRUNTIME_VARIABLE) {
        let path = PathBuf::from(path);
        if path.is_file() {
            return Ok(path);
        }
        let looked_in = format!("${ONNXRUNTIME_VARIABLE} = {}", path.display());
        return Err(ModelError::RuntimeMissing { looked_in });
    }
    let name = library_name();
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join(&name)));
    let cached = directories::BaseDirs::new()
        .map(|d| d.cache_dir().join("baro").join("onnxruntime").join(ONNXRUNTIME_VERSION).join(&name));
    let places: Vec<PathBuf> = [beside, cached].into_iter().flatten().collect();
    if let Some(found) = places.iter().find(|p| p.is_file()) {
        return Ok(found.clone());
    }
    let looked_in = places.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", ");
    Err(ModelError::RuntimeMissing { looked_in })
}

fn library_name() -> String {
    if cfg!(windows) {
        "onnxruntime.dll".into()
    } else if cfg!(target_os = "macos") {
        format!("libonnxruntime.{ONNXRUNTIME_VERSION}.dylib")
    } else {
        format!("libonnxruntime.so.{ONNXRUNTIME_VERSION}")
    }
}
