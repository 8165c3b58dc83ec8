//! The one-page report of a person's course, for the record and for a doctor, as a PDF.
