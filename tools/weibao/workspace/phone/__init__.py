"""What engineers noted on their phones, recorded at the desk."""
