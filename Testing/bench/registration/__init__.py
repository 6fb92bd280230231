"""Registration tools side by side on real scans: cases, peers, scores and tables."""
