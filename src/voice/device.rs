//! This computer's microphone and loudspeaker. The only file that knows cpal.

use crate::RATE;
use crate::resample::Resampler;
use cpal::traits::{DeviceTrait as _, HostTrait as _, StreamTrait as _};
use cpal::{
    BufferSize, Device, ErrorKind, FromSample, SampleFormat, SizedSample, Stream, StreamConfig,
    SupportedStreamConfig, SupportedStreamConfigRange,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use tracing::info;

/// A device is asked at this distance: half of what travels as one.
const PERIOD: u32 = RATE as u32 / 100;

/// A device that is open, until it is dropped.
pub struct Open {
    _stream: Stream,
    lost: Arc<AtomicBool>,
}

impl Open {
    /// Was it unplugged?
    pub fn is_lost(&self) -> bool {
        self.lost.load(Relaxed)
    }
}

/// The microphone; mono, in whatever pieces it comes. None: there is none, or it may not be used.
pub fn microphone(take: impl FnMut(&[f32]) + Send + 'static) -> Option<Open> {
    let device = cpal::default_host().default_input_device()?;
    let config = best(device.supported_input_configs().ok()?, || device.default_input_config().ok())?;
    match config.sample_format() {
        SampleFormat::F32 => input::<f32>(&device, &config, take),
        SampleFormat::I16 => input::<i16>(&device, &config, take),
        SampleFormat::I32 => input::<i32>(&device, &config, take),
        SampleFormat::U8 => input::<u8>(&device, &config, take),
        _ => None,
    }
}

/// The loudspeaker or headphones: left and right in turn.
pub fn loudspeaker(give: impl FnMut(&mut [f32]) + Send + 'static) -> Option<Open> {
    let device = cpal::default_host().default_output_device()?;
    let config = best(device.supported_output_configs().ok()?, || device.default_output_config().ok())?;
    match config.sample_format() {
        SampleFormat::F32 => output::<f32>(&device, &config, give),
        SampleFormat::I16 => output::<i16>(&device, &config, give),
        SampleFormat::I32 => output::<i32>(&device, &config, give),
        SampleFormat::U8 => output::<u8>(&device, &config, give),
        _ => None,
    }
}

/// 48 kHz where the device has it, with at most two channels; else what it likes best.
fn best(
    all: impl Iterator<Item = SupportedStreamConfigRange>,
    default: impl FnOnce() -> Option<SupportedStreamConfig>,
) -> Option<SupportedStreamConfig> {
    let fits = |range: &SupportedStreamConfigRange| {
        let format = match range.sample_format() {
            SampleFormat::F32 => 0,
            SampleFormat::I16 => 1,
            SampleFormat::I32 => 2,
            _ => return None,
        };
        (range.channels() <= 2).then_some((range.channels().abs_diff(2), format))
    };
    let found = all.filter_map(|range| Some((fits(&range)?, range.try_with_sample_rate(RATE as u32)?)));
    found.min_by_key(|(fit, _)| *fit).map(|(_, config)| config).or_else(default)
}

fn input<T: SizedSample>(
    device: &Device,
    config: &SupportedStreamConfig,
    mut take: impl FnMut(&[f32]) + Send + 'static,
) -> Option<Open>
where
    f32: FromSample<T>,
{
    let StreamConfig { channels, sample_rate, .. } = config.config();
    let channels = usize::from(channels).max(1);
    let mut resampler = Resampler::new(sample_rate as usize, RATE);
    let mut mono: Vec<f32> = Vec::with_capacity(RATE / 10);
    let take = move |data: &[T], _: &_| {
        let frames = data.chunks_exact(channels);
        let one = frames
            .map(|frame| frame.iter().map(|sample| sample.to_sample::<f32>()).sum::<f32>() / channels as f32);
        mono.clear();
        resampler.run(one, &mut mono);
        take(&mono);
    };
    // Moved into the one that is built in the end.
    let take = Arc::new(std::sync::Mutex::new(take));
    opened("microphone", config, |config, lost| {
        let take = Arc::clone(&take);
        let take = move |data: &[T], info: &_| {
            if let Ok(mut take) = take.lock() {
                take(data, info);
            }
        };
        device.build_input_stream(config, take, errors(lost), None)
    })
}

fn output<T: SizedSample + FromSample<f32>>(
    device: &Device,
    config: &SupportedStreamConfig,
    mut give: impl FnMut(&mut [f32]) + Send + 'static,
) -> Option<Open> {
    let StreamConfig { channels, sample_rate, .. } = config.config();
    let channels = usize::from(channels).max(1);
    let mut sides = [Resampler::new(RATE, sample_rate as usize), Resampler::new(RATE, sample_rate as usize)];
    let mut ours: Vec<f32> = Vec::new();
    let mut ready: [std::collections::VecDeque<f32>; 2] = Default::default();
    let give = move |data: &mut [T], _: &_| {
        let frames = data.len() / channels;
        if ready[0].len() < frames {
            let more = (frames - ready[0].len()) * RATE / sample_rate as usize + 1;
            ours.resize(2 * more, 0.0);
            give(&mut ours);
            for (side, (resampler, ready)) in sides.iter_mut().zip(&mut ready).enumerate() {
                resampler.run(ours.iter().skip(side).step_by(2).copied(), ready);
            }
        }
        for frame in data.chunks_exact_mut(channels) {
            let [left, right] = [0, 1].map(|side| ready[side].pop_front().unwrap_or_default());
            match frame {
                [one] => *one = T::from_sample((left + right) * std::f32::consts::FRAC_1_SQRT_2),
                [first, second, others @ ..] => {
                    (*first, *second) = (T::from_sample(left), T::from_sample(right));
                    others.fill(T::EQUILIBRIUM);
                }
                [] => {}
            }
        }
    };
    let give = Arc::new(std::sync::Mutex::new(give));
    opened("loudspeaker", config, |config, lost| {
        let give = Arc::clone(&give);
        let give = move |data: &mut [T], info: &_| {
            if let Ok(mut give) = give.lock() {
                give(data, info);
            }
        };
        device.build_output_stream(config, give, errors(lost), None)
    })
}

/// With short pieces where the device takes that, else with its own.
fn opened(
    what: &str,
    config: &SupportedStreamConfig,
    build: impl Fn(StreamConfig, Arc<AtomicBool>) -> Result<Stream, cpal::Error>,
) -> Option<Open> {
    let lost = Arc::new(AtomicBool::new(false));
    for buffer_size in [BufferSize::Fixed(PERIOD), BufferSize::Default] {
        let config = StreamConfig { buffer_size, ..config.config() };
        match build(config, Arc::clone(&lost)).and_then(|stream| stream.play().map(|()| stream)) {
            Ok(stream) => {
                info!("{what}: {} Hz, {} channels, {buffer_size:?}", config.sample_rate, config.channels);
                return Some(Open { _stream: stream, lost });
            }
            Err(error) => info!("no {what} with {buffer_size:?}: {error}"),
        }
    }
    None
}

fn errors(lost: Arc<AtomicBool>) -> impl FnMut(cpal::Error) + Send + 'static {
    move |error| match error.kind() {
        ErrorKind::Xrun | ErrorKind::RealtimeDenied | ErrorKind::DeviceChanged => {}
        _ => lost.store(true, Relaxed),
    }
}
