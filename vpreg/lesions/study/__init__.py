"""What a study is: time points with dates, scans and segmentations."""
