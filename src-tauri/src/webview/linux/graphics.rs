//! Decides whether WebKitGTK's DMABUF renderer works with this machine's graphics, from what the kernel reports of
//! them. It must not change anything.

use std::{fs, path::Path};

/// The beginnings of the names of drivers with which windows are known to stay blank: NVIDIA's own, and nouveau for its
/// cards. With a virtual card EGL falls back to software, and WebKit never paints (clash-verge-rev, pull
/// request 7791; dbx, pull request 5483): QEMU and KVM, VMware and VirtualBox, Hyper-V, Xen.
const BLANK_DRIVERS: [&str; 11] = [
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
pub enum Reason {
    /// This driver is known for blank windows.
    Driver(String),
    /// There is no device that renders: a software renderer would cost 60 MiB for each page.
    Device,
}

/// The files in which the kernel reports its graphics.
pub struct Kernel<'a> {
    /// Exists with NVIDIA's own driver.
    pub nvidia: &'a Path,
    /// The cards and their render nodes.
    pub cards: &'a Path,
    /// The devices that programs may open.
    pub devices: &'a Path,
}

impl Kernel<'_> {
    /// The files of this machine.
    pub fn of_this_machine() -> Self {
        Self {
            nvidia: Path::new("/proc/driver/nvidia/version"),
            cards: Path::new("/sys/class/drm"),
            devices: Path::new("/dev/dri"),
        }
    }

    /// Why the renderer must be off; none if a card can render for it.
    pub fn reason_against_dmabuf(&self) -> Option<Reason> {
        if self.nvidia.exists() {
            return Some(Reason::Driver("nvidia".to_owned()));
        }
        // It is unknown which card shows the windows, so one such driver is enough.
        let blank = self
            .drivers()
            .into_iter()
            .find(|driver| BLANK_DRIVERS.iter().any(|known| driver.starts_with(known)));
        if let Some(driver) = blank {
            return Some(Reason::Driver(driver));
        }
        let can_render = file_names(self.devices).iter().any(|name| name.starts_with("renderD"));
        (!can_render).then_some(Reason::Device)
    }

    /// The drivers of all cards, sorted.
    fn drivers(&self) -> Vec<String> {
        // The folder also contains the connectors of the cards: "card0-HDMI-A-1".
        let is_card =
            |name: &String| (name.starts_with("card") || name.starts_with("renderD")) && !name.contains('-');
        let cards = file_names(self.cards).into_iter().filter(is_card);
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

fn file_names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// The reason on a machine with cards of these drivers, each with a render node or without.
    fn reason(cards: &[(&str, bool)], has_nvidia: bool) -> Option<Reason> {
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
        Kernel { nvidia: &nvidia, cards: &cards, devices: &devices }.reason_against_dmabuf()
    }

    fn driver(name: &str) -> Option<Reason> {
        Some(Reason::Driver(name.to_owned()))
    }

    #[test]
    fn dmabuf_is_off_for_known_drivers_even_with_a_render_node() {
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
            assert_eq!(reason(&[(name, true)], false), driver(name));
            assert_eq!(reason(&[("i915", true), (name, true)], false), driver(name), "beside another one");
        }
        assert_eq!(reason(&[("i915", true)], true), driver("nvidia"));
    }

    #[test]
    fn dmabuf_is_on_if_a_card_can_render_and_off_if_none_can() {
        for name in ["i915", "xe", "amdgpu", "radeon", "panfrost", "v3d", "msm_dpu"] {
            assert_eq!(reason(&[(name, true)], false), None, "{name}");
        }
        assert_eq!(reason(&[], false), Some(Reason::Device), "no devices at all");
        assert_eq!(reason(&[("simple-framebuffer", false)], false), Some(Reason::Device));
        assert_eq!(reason(&[("ast", false)], false), Some(Reason::Device), "a server's screen");
    }
}
