"""Our own small pictures, drawn with one line on a field of 24 by 24."""

# name: the lines' path
SHAPES = {
    "arrow-back": "M15 5l-7 7 7 7",
    "arrow-on": "M9 5l7 7-7 7",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5",
    "check": "M4 12.5l5.5 5.5L20 6.5",
    "clock": "M12 3a9 9 0 1 0 .01 0zM12 7v5.5l3.5 2",
    "cost": "M12 3a9 9 0 1 0 .01 0zM12 8a4 4 0 1 0 .01 0z",
    "cross": "M6 6l12 12M18 6L6 18",
    "danger": "M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7.5v5.5M12 16.4v.2",
    "download": "M12 4v11M7 10.5l5 5 5-5M4 20h16",
    "heart": "M12 20C5 15 3.5 12 3.5 9A4.3 4.3 0 0 1 12 8a4.3 4.3 0 0 1 8.5 1c0 3-1.5 6-8.5 11z",
    "home": "M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-6h4v6",
    "info": "M12 3a9 9 0 1 0 .01 0zM12 11v6M12 7.4v.2",
    "language": "M4 4h16v12H11l-5 4v-4H4zM8 8.5h8M8 12h5",
    "leave": "M13 4H5v16h8M10 12h10M16 8l4 4-4 4",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2",
    "message": "M4 5h16v11h-8l-5 4v-4H4z",
    "online": "M3 5h18v11H3zM9 20h6M12 16v4",
    "people": "M9 5a3 3 0 1 0 .01 0zM3.5 19c0-4 2.2-6 5.5-6s5.5 2 5.5 6M16 6.2a2.6 2.6 0 0 1 0 5"
    "M17 13.4c2.3.4 3.5 2.3 3.5 5.6",
    "phone": "M5 4h4l1.5 5-2.2 1.6a11 11 0 0 0 5.1 5.1L15 13.5l5 1.5v4a1.5 1.5 0 0 1-1.6 1.5"
    "A15.5 15.5 0 0 1 3.5 5.6 1.5 1.5 0 0 1 5 4z",
    "place": "M12 21c-4.5-5-6.5-8.2-6.5-11.200a6.5 6.5 0 0 1 13 0c0 3-2 6.2-6.5 11.200z"
    "M12 7.500a2.3 2.3 0 1 0 .01 0z",
    "search": "M10.5 4a6.5 6.5 0 1 0 .01 0zM15.5 15.500L20.5 20.5",
    "seat": "M7 4v9h10V4M7 17v3M17 17v3M5 13h14v4H5z",
    "step-free": "M3 19h18M3 19L20 9v10",
    "warning": "M12 4l9.5 16h-19zM12 10v5M12 17.400v.2",
}

# These point along the line of text, so they turn round where it runs right to left.
POINTING = {"arrow-back", "arrow-on", "leave"}
