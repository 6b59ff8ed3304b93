//! Ports that the system refuses.

use std::cell::Cell;

use super::*;

fn reserved() -> io::Error {
    io::ErrorKind::PermissionDenied.into()
}

#[tokio::test]
async fn a_port_that_the_system_refuses_is_tried_once_more() {
    let refuses = Cell::new(1);
    let opened =
        Port::open_with(
            async |at| {
                if refuses.replace(0) > 0 { Err(reserved()) } else { TcpListener::bind(at).await }
            },
        );
    assert!(opened.await.is_ok());
}

#[tokio::test]
async fn if_every_port_is_refused_it_is_an_error_after_the_second_try() {
    let tries = Cell::new(0);
    let opened = Port::open_with(async |_| {
        tries.set(tries.get() + 1);
        Err(reserved())
    });
    assert_eq!(opened.await.map(|_| ()).unwrap_err().kind(), io::ErrorKind::PermissionDenied);
    assert_eq!(tries.get(), 2);
}

#[tokio::test]
async fn a_port_whose_ipv6_half_is_refused_is_given_up() {
    let refuses = Cell::new(1);
    let opened = Port::open_with(async |at| {
        let refused = at.is_ipv6() && refuses.replace(0) > 0;
        // Whether this computer has IPv6 does not matter here.
        if refused { Err(reserved()) } else { TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await }
    });
    assert_eq!(opened.await.unwrap().listeners.len(), 2);
    assert_eq!(refuses.get(), 0);
}

#[tokio::test]
async fn a_computer_that_refuses_ipv6_altogether_does_without() {
    let opened =
        Port::open_with(async |at| if at.is_ipv6() { Err(reserved()) } else { TcpListener::bind(at).await });
    assert_eq!(opened.await.unwrap().listeners.len(), 1);
}
