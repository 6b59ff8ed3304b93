//! Contoso on loopback: Entra, Graph and a contact centre to try the product against.
