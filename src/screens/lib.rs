//! What a person sees and presses, as functions from what is to a picture in egui and a press.
