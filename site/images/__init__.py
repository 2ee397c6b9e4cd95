"""The image library: images, their renditions, share images, and patients' consents to show photographs."""
