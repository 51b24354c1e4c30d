#include "page.h"

// Compilers had this long before the standard of 2023.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t document[] = {
#embed "Files/index.html"
};
static const uint8_t script[] = {
#embed "Files/app.js"
};
static const uint8_t style[] = {
#embed "Files/style.css"
};
static const uint8_t icon[] = {
#embed "Files/icon.svg"
};
static const uint8_t openapi[] = {
#embed "Files/openapi.json"
};

const page_file page_index = {document, sizeof document};
const page_file page_script = {script, sizeof script};
const page_file page_style = {style, sizeof style};
const page_file page_icon = {icon, sizeof icon};
const page_file page_openapi = {openapi, sizeof openapi};
