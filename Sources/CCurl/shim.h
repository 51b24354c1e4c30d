// What Swift cannot say of libcurl: its options are set, and what it knows is asked for, by variadic C functions.
#pragma once
#include <stdbool.h>
// The checks are macros around the variadic functions, and in vain where the option is not a constant.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

/// Takes a line of an answer's head, or some of its body; another number than `size * count` ends the transfer.
typedef size_t (*ccurl_receiver)(char *bytes, size_t size, size_t count, void *context);
/// Asked again and again, also while nothing comes; another number than 0 ends the transfer.
typedef int (*ccurl_watcher)(void *context, curl_off_t total, curl_off_t now, curl_off_t up_total, curl_off_t up_now);

/// Once, before all else.
static inline bool ccurl_begin(void) { return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK; }

static inline void ccurl_set_number(CURL *curl, CURLoption option, long number) {
    curl_easy_setopt(curl, option, number);
}

/// libcurl copies the text.
static inline void ccurl_set_text(CURL *curl, CURLoption option, const char *text) {
    curl_easy_setopt(curl, option, text);
}

/// The list must outlive the transfer.
static inline void ccurl_set_fields(CURL *curl, const struct curl_slist *fields) {
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields);
}

/// Room for `CURL_ERROR_SIZE` characters that outlives the transfer.
static inline void ccurl_set_reason(CURL *curl, char *reason) { curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason); }

/// Sent as they are, by POST; the bytes must outlive the transfer.
static inline void ccurl_set_body(CURL *curl, const void *bytes, size_t count) {
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, bytes);
}

/// No file, no mail, nothing but the web. Before 7.85 libcurl knew protocols by numbers.
static inline void ccurl_allow_web_only(CURL *curl) {
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#else
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
#endif
}

/// From an encrypted connection, to none but such.
static inline void ccurl_stay_encrypted(CURL *curl) {
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "https");
#else
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS, CURLPROTO_HTTPS);
#endif
}

/// The context is handed to all three.
static inline void ccurl_set_callbacks(CURL *curl, ccurl_receiver head, ccurl_receiver body, ccurl_watcher watcher,
                                       void *context) {
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, head);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, context);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, context);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, watcher);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, context);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
}

/// How often an answer led on to another.
static inline long ccurl_redirect_count(CURL *curl) {
    long count = 0;
    curl_easy_getinfo(curl, CURLINFO_REDIRECT_COUNT, &count);
    return count;
}

/// Where an answer leads, as a whole address; NULL where it leads nowhere. It lives as long as the handle.
static inline const char *ccurl_redirect(CURL *curl) {
    char *address = NULL;
    curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &address);
    return address;
}
