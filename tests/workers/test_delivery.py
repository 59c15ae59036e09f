"""From a notice row to a mail that a real SMTP server took, or did not."""
