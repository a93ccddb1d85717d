"""What the common flags are called in the models' own schemas, as data."""

IMAGES = (
    "input_image",
    "input_images",
    "image",
    "images",
    "image_url",
    "image_urls",
    "reference_images",
    "reference_image_urls",
    "reference_image_url",
    "reference_image",
    "image_style_references",
    "start_image_url",
    "first_frame_image",
)
FIRST_FRAMES = (
    "start_image_url",
    "first_frame_image",
    "first_frame_image_url",
    "first_frame_url",
    "first_frame",
    "start_image",
)
FIRST_FRAMES_BY_ANOTHER_NAME = ("input_image", "image_url", "image")
"""A single picture that a film is made from is its first frame, unless the model needs a film as well."""
LAST_FRAMES = (
    "tail_image_url",
    "last_frame_image",
    "end_image_url",
    "last_frame_image_url",
    "last_frame_url",
    "last_frame",
    "tail_image",
    "end_image",
)
VIDEOS = (
    "input_video",
    "input_videos",
    "video_url",
    "video",
    "video_urls",
    "videos",
    "reference_videos",
    "control_video_url",
)
ASPECT_RATIOS = ("aspect_ratio", "ratio")
SIZES = ("size", "resolution", "image_size", "target_resolution", "output_resolution", "upscale_factor", "scale")
DURATIONS_OF_A_PART = ("retake_duration",)
"""The seconds of a film that are made again."""
DURATIONS = ("duration", "seconds", "duration_seconds", *DURATIONS_OF_A_PART)
FRAMES = ("num_frames",)
FRAME_RATES = ("frames_per_second", "fps")
SEEDS = ("seed",)
AUDIO = ("generate_audio", "with_audio", "enable_audio")
SHOTS = ("multi_prompt",)
FORMATS = ("output_format",)
COUNTS = ("num_images", "number_of_images", "num_outputs")

GENERIC = {
    "images": "input_image",
    "first_frame": "input_image",
    "last_frame": "tail_image_url",
    "video": "input_video",
    "aspect_ratio": "aspect_ratio",
    "size": "size",
    "duration": "duration",
    "seed": "seed",
    "with_audio": "generate_audio",
    "shots": "multi_prompt",
}
"""What is sent where a model has no schema, or none that is looked at."""

SAME = (IMAGES, FIRST_FRAMES, LAST_FRAMES, VIDEOS, (*ASPECT_RATIOS, *SIZES), DURATIONS, AUDIO, COUNTS)
"""Names that mean the same in different models: what is looked for when one of them is not known."""
