"""What templatetags/components.py is put together from."""
