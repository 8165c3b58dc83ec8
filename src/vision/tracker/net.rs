//! One model in ONNX Runtime, with its input buffer.

use super::crop::{Border, Scaling, crop};
use super::region::Region;
use crate::models::ModelEntry;
use crate::{EstimateError, Frame, ModelError};
use ort::environment::Environment;
use ort::session::builder::GraphOptimizationLevel;
use ort::session::{Session, SessionOutputs};
use ort::value::TensorRef;
use std::path::Path;

/// A loaded model.
pub(crate) struct Net {
    session: Session,
    id: String,
    input_name: String,
    shape: [usize; 4],
    scaling: Scaling,
    input: Vec<f32>,
}

impl std::fmt::Debug for Net {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Net").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Net {
    /// Loads a verified file.
    pub fn load(
        environment: &Environment,
        path: &Path,
        entry: &ModelEntry,
        threads: usize,
    ) -> Result<Self, ModelError> {
        let refused = |detail: String| ModelError::Load { model: entry.id.clone(), detail };
        let [_, channels, height, width] = entry.input.shape;
        if channels != 3 || height != width || height == 0 {
            return Err(refused("the manifest gives it an input that is no square RGB picture".into()));
        }
        let session = session(environment, path, threads).map_err(|e| refused(e.to_string()))?;
        Ok(Self {
            session,
            id: entry.id.clone(),
            input_name: entry.input.name.clone(),
            shape: entry.input.shape,
            scaling: Scaling { scale: entry.input.scale, bias: entry.input.bias },
            input: vec![0.0; channels * height * width],
        })
    }

    /// Side of the input square in pixels.
    pub fn side(&self) -> usize {
        self.shape[3]
    }

    /// Puts a region of the picture into the input buffer.
    pub fn fill(&mut self, frame: &Frame, region: &Region, border: Border) {
        crop(frame, region, self.shape[3], border, self.scaling, &mut self.input);
    }

    /// Runs the model on what was filled in.
    pub fn run(&mut self) -> Result<NetOutputs<'_>, EstimateError> {
        let id = &self.id;
        let failed = |e: ort::Error| EstimateError::Inference { model: id.clone(), detail: e.to_string() };
        let tensor = TensorRef::from_array_view((self.shape, self.input.as_slice())).map_err(failed)?;
        let outputs = self.session.run(ort::inputs![self.input_name.as_str() => tensor]).map_err(failed)?;
        Ok(NetOutputs { outputs, id })
    }
}

/// Level 3 is three times as fast as 1 or 2 on these models; a spinning second thread would starve the rest of
/// the program; the arena and memory pattern hold memory for no gain in time.
fn session(environment: &Environment, path: &Path, threads: usize) -> ort::Result<Session> {
    Session::builder(environment)?
        .with_optimization_level(GraphOptimizationLevel::All)?
        .with_intra_threads(threads.max(1))?
        .with_inter_threads(1)?
        .with_intra_op_spinning(false)?
        .with_inter_op_spinning(false)?
        .commit_from_file(path)
}

/// What a model gave; read before the next run.
pub(crate) struct NetOutputs<'a> {
    outputs: SessionOutputs<'a>,
    id: &'a str,
}

impl NetOutputs<'_> {
    /// The values of an output that has exactly `length` of them.
    pub fn values(&self, name: &str, length: usize) -> Result<&[f32], EstimateError> {
        let failed = |detail: String| EstimateError::Inference { model: self.id.to_owned(), detail };
        let value = self.outputs.get(name).ok_or_else(|| failed(format!("it has no output {name}")))?;
        let (_, values) = value.try_extract_tensor::<f32>().map_err(|e| failed(e.to_string()))?;
        if values.len() != length {
            return Err(failed(format!("output {name} has {} values instead of {length}", values.len())));
        }
        Ok(values)
    }
}
