//! Whether WebKitGTK's DMABUF renderer can be trusted with this machine's graphics, from what the kernel says of them.
//!
//! Looks, and sets nothing.

use std::{fs, path::Path};

/// Drivers whose machines were seen to show a blank window, by the beginnings of their names: NVIDIA's own, and that of
/// others for its cards. With a virtual card EGL falls back to software, and WebKit never paints (clash-verge-rev, pull
/// request 7791; dbx, pull request 5483): QEMU and KVM, VMware and VirtualBox, Hyper-V, Xen.
const BLANK: [&str; 11] = [
    "nvidia",
    "nouveau",
    "virtio",
    "vmwgfx",
    "vboxvideo",
    "qxl",
    "hyperv_drm",
    "bochs",
    "cirrus",
    "xen",
    "prl_",
];

/// Why the renderer is off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Without {
    /// This driver is known for blank windows.
    Driver(String),
    /// There is no device to render with: the renderer would be a software of 60 MiB a page.
    Device,
}

/// Where the kernel says what it has.
pub struct Kernel<'a> {
    /// There with NVIDIA's own driver.
    pub nvidia: &'a Path,
    /// The cards and their render nodes.
    pub cards: &'a Path,
    /// The devices that programs may open.
    pub devices: &'a Path,
}

impl Kernel<'_> {
    /// That of this machine.
    pub fn of_this_machine() -> Self {
        Self {
            nvidia: Path::new("/proc/driver/nvidia/version"),
            cards: Path::new("/sys/class/drm"),
            devices: Path::new("/dev/dri"),
        }
    }

    /// Why the renderer must be off; none where a card can render for it.
    pub fn without_dmabuf(&self) -> Option<Without> {
        if self.nvidia.exists() {
            return Some(Without::Driver("nvidia".to_owned()));
        }
        // Which card shows the windows is not known here: one of these is enough.
        let blank =
            self.drivers().into_iter().find(|driver| BLANK.iter().any(|known| driver.starts_with(known)));
        if let Some(driver) = blank {
            return Some(Without::Driver(driver));
        }
        let can_render = names(self.devices).iter().any(|name| name.starts_with("renderD"));
        (!can_render).then_some(Without::Device)
    }

    /// The drivers of all cards, in order.
    fn drivers(&self) -> Vec<String> {
        // The connectors of a card are beside it: "card0-HDMI-A-1".
        let is_card =
            |name: &String| (name.starts_with("card") || name.starts_with("renderD")) && !name.contains('-');
        let cards = names(self.cards).into_iter().filter(is_card);
        let driver = |card: String| fs::read_link(self.cards.join(card).join("device/driver")).ok();
        let mut drivers: Vec<String> = cards
            .filter_map(driver)
            .filter_map(|driver| Some(driver.file_name()?.to_string_lossy().into_owned()))
            .collect();
        drivers.sort();
        drivers.dedup();
        drivers
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// What a machine with cards of these drivers gives, each with a render node or without.
    fn decided(cards: &[(&str, bool)], has_nvidia: bool) -> Option<Without> {
        let root = tempfile::tempdir().expect("a folder");
        let path = |name: &str| root.path().join(name);
        for folder in ["drm", "dri", "drivers"] {
            fs::create_dir(path(folder)).expect("a folder");
        }
        if has_nvidia {
            fs::write(path("nvidia"), "").expect("a file");
        }
        for (index, (driver, renders)) in cards.iter().enumerate() {
            let nodes = [Some(format!("card{index}")), renders.then(|| format!("renderD{}", 128 + index))];
            for node in nodes.into_iter().flatten() {
                fs::create_dir_all(path("drm").join(&node).join("device")).expect("a folder");
                symlink(path("drivers").join(driver), path("drm").join(&node).join("device/driver"))
                    .expect("a link");
                fs::write(path("dri").join(node), "").expect("a file");
            }
            fs::create_dir(path("drm").join(format!("card{index}-Virtual-1"))).expect("a folder");
        }
        let (nvidia, cards, devices) = (path("nvidia"), path("drm"), path("dri"));
        Kernel { nvidia: &nvidia, cards: &cards, devices: &devices }.without_dmabuf()
    }

    fn driver(name: &str) -> Option<Without> {
        Some(Without::Driver(name.to_owned()))
    }

    #[test]
    fn virtual_cards_draw_without_dmabuf_even_if_they_say_that_they_can_render() {
        for name in [
            "virtio-pci",
            "virtio_gpu",
            "vmwgfx",
            "vboxvideo",
            "qxl",
            "hyperv_drm",
            "bochs-drm",
            "cirrus",
            "nouveau",
            "nvidia",
        ] {
            assert_eq!(decided(&[(name, true)], false), driver(name));
            assert_eq!(decided(&[("i915", true), (name, true)], false), driver(name), "beside another one");
        }
        assert_eq!(decided(&[("i915", true)], true), driver("nvidia"));
    }

    #[test]
    fn the_renderer_is_left_on_where_a_card_can_render_for_it_and_off_where_none_can() {
        for name in ["i915", "xe", "amdgpu", "radeon", "panfrost", "v3d", "msm_dpu"] {
            assert_eq!(decided(&[(name, true)], false), None, "{name}");
        }
        assert_eq!(decided(&[], false), Some(Without::Device), "no devices at all");
        assert_eq!(decided(&[("simple-framebuffer", false)], false), Some(Without::Device));
        assert_eq!(decided(&[("ast", false)], false), Some(Without::Device), "a server's screen");
    }
}
