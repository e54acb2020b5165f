// SPDX-License-Identifier: GPL-3.0-or-later
// The stems of the generated text, commoner ones first; * behind a stem whose last consonant softens. Changing a word
// changes the text and its entropy, hence what runs on it can be compared with. Constant; any thread.
#pragma once

#include <array>
#include <string_view>

namespace nabiz::trainer {

inline constexpr auto kTurkishPeople = std::to_array<std::string_view>({ "çocuk*", "kadın", "kedi", "adam", "anne",
    "köpek*", "baba", "öğretmen", "kuş", "komşu", "arkadaş", "dede", "öğrenci", "doktor", "kardeş", "usta", "yolcu",
    "köylü", "çoban", "teyze", "amca", "kız", "aşçı", "bakkal", "hemşire", "müdür", "kaplumbağa", "tavşan", "terzi",
    "kral", "dayı", "hala", "hoca", "bey", "şef", "kuzu", "at", "eşek*", "kurt*", "tilki", "bebek*", "nine", "er" });

inline constexpr auto kTurkishThings = std::to_array<std::string_view>({ "kitap*", "ekmek*", "kapı", "çiçek*", "araba",
    "mektup*", "elma", "yol", "oyun", "süt", "ağaç*", "masal", "kalem", "türkü", "defter", "çanta", "balık*", "üzüm",
    "kutu", "örtü", "gömlek*", "sepet", "söz", "halı", "bardak*", "düğme", "gazete", "taş", "lamba", "güneş", "top",
    "ip", "ok", "bal", "çay", "et", "tuz", "gül", "diş", "kum", "un", "kaşık*", "anahtar" });

inline constexpr auto kTurkishPlaces
    = std::to_array<std::string_view>({ "ev", "okul", "köy", "bahçe", "deniz", "dağ", "sokak*", "oda", "pazar", "köprü",
        "orman", "göl", "tarla", "çarşı", "mutfak*", "kuyu", "ada", "liman", "kule", "otel", "müze", "ahır", "park",
        "durak*", "han", "saray", "bağ", "yayla", "kıyı", "tepe", "fırın", "çöl", "ırmak*", "hisar" });

inline constexpr auto kTurkishAdjectives = std::to_array<std::string_view>({ "güzel", "büyük", "küçük", "eski", "yeni",
    "genç", "uzun", "sessiz", "yorgun", "mavi", "kırmızı", "iyi", "soğuk", "mutlu", "ince", "garip" });

inline constexpr auto kTurkishTimes = std::to_array<std::string_view>(
    { "bugün", "dün", "sabah", "akşam", "yarın", "şimdi", "sonra", "hep", "bazen", "yine", "erken", "belki" });

inline constexpr auto kTurkishDeterminers
    = std::to_array<std::string_view>({ "bir", "bu", "her", "şu", "iki", "üç", "hiçbir", "birkaç" });

// Verbs that take an object.
inline constexpr auto kTurkishTransitives = std::to_array<std::string_view>({ "al", "gör", "sev", "oku", "bul", "ver",
    "bekle", "taşı", "seç", "sat", "unut", "anlat", "sakla", "çiz", "topla", "düşün", "ara", "koru", "yaz", "kır",
    "götür", "öğren", "iste", "sil", "böl", "aç", "at", "iç", "tut", "sor", "çöz", "bil" });

// Verbs that go with a place.
inline constexpr auto kTurkishIntransitives = std::to_array<std::string_view>(
    { "gel", "git*", "koş", "otur", "uyu", "yürü", "çalış", "dön", "kal", "gül", "dinlen", "yaşa", "düş", "ağla",
        "konuş", "dur", "gez", "oyna", "büyü", "saklan", "in", "kaç", "yat", "bak", "uç", "yüz", "bin" });

} // namespace nabiz::trainer
