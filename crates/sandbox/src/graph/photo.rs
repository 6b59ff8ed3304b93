//! Photos of people (Graph: profilephoto-get): drawn, and for two of three people only. It must not know presence.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderName, header};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Caller;
use super::error::GraphError;
use crate::Site;
use crate::world::grants::Scope;

/// The sizes that are kept, in points.
const SIZES: [u32; 9] = [48, 64, 96, 120, 240, 360, 432, 504, 648];
const BACKGROUNDS: [[u8; 3]; 6] = [
    [0x5b, 0x5f, 0xc7],
    [0x0b, 0x6b, 0x57],
    [0xa4, 0x26, 0x2c],
    [0x8a, 0x5a, 0x00],
    [0x00, 0x5a, 0x9e],
    [0x5c, 0x2e, 0x91],
];
const SKINS: [[u8; 3]; 4] = [[0xf1, 0xc9, 0xa5], [0xd1, 0x9a, 0x6c], [0x9c, 0x66, 0x3f], [0x5e, 0x3a, 0x22]];

type Picture = ([(HeaderName, String); 2], Vec<u8>);

pub(super) async fn of(
    caller: Caller,
    State(site): State<Arc<Site>>,
    Path((id, size)): Path<(String, String)>,
) -> Result<Picture, GraphError> {
    if !caller.may(Scope::UserReadAll) && !caller.may(Scope::UserReadBasicAll) {
        return Err(GraphError::directory_forbidden());
    }
    let size = SIZES.into_iter().find(|points| size == format!("{points}x{points}"));
    let size = size.ok_or_else(GraphError::no_such_path)?;
    let id = Uuid::parse_str(&id).ok().filter(|id| site.world.directory().find(*id).is_some());
    let id = id.filter(|id| has_one(*id)).ok_or_else(GraphError::no_photo)?;
    let picture = draw(id, size);
    let digest: [u8; 32] = Sha256::digest(&picture).into();
    let tag: String = digest.iter().take(8).map(|byte| format!("{byte:02X}")).collect();
    let headers = [(header::CONTENT_TYPE, "image/png".to_owned()), (header::ETAG, format!("\"{tag}\""))];
    Ok((headers, picture))
}

/// True if the person has a photo.
fn has_one(id: Uuid) -> bool {
    !id.as_u128().is_multiple_of(3)
}

/// A head and shoulders, in colours of the person's own.
fn draw(id: Uuid, size: u32) -> Vec<u8> {
    let number = usize::try_from(id.as_u128() % 24).unwrap_or_default();
    let background = BACKGROUNDS[number % BACKGROUNDS.len()];
    let skin = SKINS[number % SKINS.len()];
    let mut rows = Vec::new();
    for y in 0..size {
        // No filter.
        rows.push(0);
        for x in 0..size {
            // In hundredths of the picture, from its middle.
            let (across, down) = ((x * 100 / size).abs_diff(50), y * 100 / size);
            let head = across.pow(2) + down.abs_diff(38).pow(2) <= 18_u32.pow(2);
            let shoulders = across.pow(2) + 100_u32.saturating_sub(down).pow(2) <= 34_u32.pow(2);
            rows.push(if head {
                1
            } else if shoulders {
                2
            } else {
                0
            });
        }
    }
    png(size, &[background, skin, [0xf5, 0xf5, 0xf5]], &rows)
}

/// A picture of indexed colours, not compressed (PNG, 3rd edition).
fn png(size: u32, palette: &[[u8; 3]], rows: &[u8]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = [size.to_be_bytes(), size.to_be_bytes()].concat();
    head.extend([8, 3, 0, 0, 0]);
    chunk(&mut file, *b"IHDR", &head);
    chunk(&mut file, *b"PLTE", &palette.concat());
    chunk(&mut file, *b"IDAT", &stored(rows));
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    let checked = [&kind, data].concat();
    file.extend((data.len() as u32).to_be_bytes());
    file.extend(&checked);
    file.extend(crc(&checked).to_be_bytes());
}

/// A zlib stream of stored blocks (RFC 1950, RFC 1951).
fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let blocks = bytes.chunks(usize::from(u16::MAX));
    let last = blocks.len();
    for (number, block) in blocks.enumerate() {
        let length = block.len() as u16;
        stream.push(u8::from(number + 1 == last));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    stream.extend(adler(bytes).to_be_bytes());
    stream
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    };
    !bytes.iter().fold(!0, step)
}

fn adler(bytes: &[u8]) -> u32 {
    let (low, high) = bytes.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    high << 16 | low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_standards() {
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
        assert_eq!(adler(b"Wikipedia"), 0x11e6_0398);
    }

    #[test]
    fn each_person_has_a_small_picture_of_their_own_that_stays_the_same() {
        let (one, another) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(draw(one, 48), draw(one, 48));
        assert_ne!(draw(one, 48), draw(another, 48));
        assert!(draw(one, 48).len() < 4096);
        assert_eq!(stored(&vec![7; 100_000]).len(), 100_000 + 2 * 5 + 6);
    }
}
