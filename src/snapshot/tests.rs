//! What holds of every snapshot.
