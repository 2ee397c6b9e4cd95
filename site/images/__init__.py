"""The image library: images, their renditions made ahead, and patients' consents to show photographs."""
