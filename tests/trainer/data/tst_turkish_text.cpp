// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/cancelled.h"
#include "trainer/data/generated_text.h"
#include "trainer/data/turkish_morphology.h"
#include "trainer/data/turkish_text.h"
#include "trainer/data/turkish_words.h"

#include <QtTest>
#include <cmath>
#include <map>
#include <set>

using namespace nabiz::trainer;

namespace {

using Words = std::vector<std::string>;

// Sentences as words, taken apart by what the header promises alone: spaces, a full stop, a line end.
std::vector<Words> sentencesOf(const std::vector<std::uint8_t>& text)
{
    std::vector<Words> sentences;
    Words words;
    std::string word;
    for (const std::uint8_t byte : text) {
        if (byte == ' ' || byte == '.') {
            words.push_back(std::move(word));
            word.clear();
        } else if (byte == '\n') {
            sentences.push_back(std::move(words));
            words.clear();
        } else {
            word += static_cast<char>(byte);
        }
    }
    return sentences;
}

// p(sentence): the sum over every template that could have made it, zero if none.
class Model {
public:
    explicit Model(const TurkishSource& source)
        : m_source(source)
    {
        for (const auto& slot : source.slots()) {
            m_slots.emplace_back();
            for (const WeightedWord& word : slot)
                m_slots.back()[word.text] = word.probability;
        }
    }

    double probability(const Words& sentence, int* templates = nullptr) const
    {
        double sum = 0;
        for (const TurkishSource::Template& one : m_source.templates()) {
            double p = one.slots.size() == sentence.size() ? one.probability : 0;
            for (std::size_t i = 0; p > 0 && i < sentence.size(); ++i) {
                const auto& slot = m_slots[static_cast<std::size_t>(one.slots[i])];
                const auto found = slot.find(sentence[i]);
                p *= found == slot.end() ? 0 : found->second;
            }
            if (templates)
                *templates += p > 0 ? 1 : 0;
            sum += p;
        }
        return sum;
    }

private:
    const TurkishSource& m_source;
    std::vector<std::map<std::string, double>> m_slots;
};

bool isBack(char32_t vowel)
{
    return std::u32string_view(U"aıou").find(vowel) != std::u32string_view::npos;
}

char32_t highAfter(char32_t vowel)
{
    const bool round = std::u32string_view(U"oöuü").find(vowel) != std::u32string_view::npos;
    return isBack(vowel) ? (round ? U'u' : U'ı') : (round ? U'ü' : U'i');
}

// Every vowel behind the first `from` letters is the one that the vowel before asks for; the o of -yor alone is free.
bool isHarmonic(const std::u32string& word, std::size_t from)
{
    char32_t last = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char32_t letter = word[i];
        if (!isTurkishVowel(letter))
            continue;
        const bool yor = letter == U'o' && i > 0 && word[i - 1] == U'y' && i + 1 < word.size() && word[i + 1] == U'r';
        const bool low = letter == U'a' || letter == U'e';
        const bool high = letter == U'ı' || letter == U'i' || letter == U'u' || letter == U'ü';
        if (i >= from && !yor && !(low && isBack(letter) == isBack(last)) && !(high && letter == highAfter(last)))
            return false;
        last = letter;
    }
    return true;
}

// Letters of the longest stem that `word` begins with, as far as no ending changes it: up to its last letter.
std::size_t stemLength(const std::u32string& word)
{
    std::size_t longest = 0;
    const auto look = [&](auto stems) {
        for (const std::string_view stem : stems) {
            const std::u32string letters = TurkishWord::fromStem(stem).letters;
            if (word.starts_with(letters.substr(0, letters.size() - 1)))
                longest = std::max(longest, letters.size());
        }
    };
    look(kTurkishPeople);
    look(kTurkishThings);
    look(kTurkishPlaces);
    look(kTurkishTransitives);
    look(kTurkishIntransitives);
    return longest;
}

} // namespace

class TestTurkishText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void endingsFollowTheWord_data();
    void endingsFollowTheWord();
    void thePresentDropsAVowel();
    void everyInflectedWordIsHarmonic();
    void probabilitiesSumToOne();
    void aSentenceTellsItsTemplate();
    void theEntropyIsThatOfTheText();
    void slotEntropiesMatchCounts();
    void theLengthIsThatOfTheText();
    void theSameSeedGivesTheSameBytes();
    void generatedTextsHaveNames();
    void aStopEndsTheGenerating();
};

void TestTurkishText::endingsFollowTheWord_data()
{
    QTest::addColumn<QString>("stem");
    QTest::addColumn<QString>("ending");
    QTest::addColumn<QString>("word");
    QTest::newRow("two-fold back") << "okul" << "lAr" << "okullar";
    QTest::newRow("two-fold front") << "köy" << "lAr" << "köyler";
    QTest::newRow("four-fold ı") << "kapı" << "(y)I" << "kapıyı";
    QTest::newRow("four-fold i") << "ev" << "(s)I" << "evi";
    QTest::newRow("four-fold u") << "yol" << "(I)mIz" << "yolumuz";
    QTest::newRow("four-fold ü") << "göl" << "(I)nIz" << "gölünüz";
    QTest::newRow("buffer s") << "araba" << "(s)I" << "arabası";
    QTest::newRow("vowel dropped") << "kedi" << "(I)m" << "kedim";
    QTest::newRow("voiceless") << "sokak*" << "DA" << "sokakta";
    QTest::newRow("voiced") << "deniz" << "DAn" << "denizden";
    QTest::newRow("p softens") << "kitap*" << "(y)I" << "kitabı";
    QTest::newRow("ç softens") << "ağaç*" << "(I)m" << "ağacım";
    QTest::newRow("k softens") << "köpek*" << "(s)I" << "köpeği";
    QTest::newRow("t softens") << "git*" << "(y)AcAk" << "gidecek";
    QTest::newRow("no vowel, no softening") << "kitap*" << "lAr" << "kitaplar";
    QTest::newRow("not every word softens") << "top" << "(y)I" << "topu";
}

void TestTurkishText::endingsFollowTheWord()
{
    QFETCH(QString, stem);
    QFETCH(QString, ending);
    QFETCH(QString, word);
    const TurkishWord result = attach(TurkishWord::fromStem(stem.toStdString()), ending.toStdU32String());
    QCOMPARE(QString::fromStdString(result.text()), word);
}

void TestTurkishText::thePresentDropsAVowel()
{
    const auto present
        = [](const char* stem) { return QString::fromStdString(attachPresent(TurkishWord::fromStem(stem)).text()); };
    QCOMPARE(present("gel"), QString("geliyor"));
    QCOMPARE(present("bekle"), QString("bekliyor"));
    QCOMPARE(present("topla"), QString("topluyor"));
    QCOMPARE(present("oku"), QString("okuyor"));
    QCOMPARE(present("yürü"), QString("yürüyor"));
    QCOMPARE(present("git*"), QString("gidiyor"));
}

void TestTurkishText::everyInflectedWordIsHarmonic()
{
    const TurkishSource source;
    int checked = 0;
    for (const auto& slot : source.slots()) {
        if (slot.size() < 100) // plain words, without endings
            continue;
        for (const WeightedWord& entry : slot) {
            const std::u32string word = TurkishWord::fromStem(entry.text).letters;
            QVERIFY2(isHarmonic(word, stemLength(word)), entry.text.c_str());
            ++checked;
        }
    }
    QVERIFY(checked > 3000);
    QVERIFY(!isHarmonic(U"evlar", 2));
    QVERIFY(!isHarmonic(U"yolım", 3));
}

void TestTurkishText::probabilitiesSumToOne()
{
    const TurkishSource source;
    double templates = 0;
    for (const TurkishSource::Template& one : source.templates())
        templates += one.probability;
    QVERIFY(std::abs(templates - 1) < 1e-12);
    for (const auto& slot : source.slots()) {
        double sum = 0;
        std::set<std::string> distinct;
        for (const WeightedWord& word : slot) {
            QVERIFY(word.probability > 0);
            sum += word.probability;
            distinct.insert(word.text);
        }
        QVERIFY(std::abs(sum - 1) < 1e-12);
        QCOMPARE(distinct.size(), slot.size());
    }
}

void TestTurkishText::aSentenceTellsItsTemplate()
{
    const TurkishSource source;
    QCOMPARE(source.ambiguousTemplates(), 0);
    const Model model(source);
    for (const Words& sentence : sentencesOf(source.generate(11, 300'000, {}))) {
        int templates = 0;
        QVERIFY(model.probability(sentence, &templates) > 0);
        QCOMPARE(templates, 1);
    }
}

// The mean of -ln p over generated sentences, by a model that is built here from the word lists and sums over
// templates.
void TestTurkishText::theEntropyIsThatOfTheText()
{
    const TurkishSource source;
    const Model model(source);
    const std::vector<std::uint8_t> text = source.generate(12, 1'000'000, {});
    double surprise = 0;
    for (const Words& sentence : sentencesOf(text))
        surprise -= std::log(model.probability(sentence));
    const double measured = surprise / static_cast<double>(text.size());
    qInfo("stated %.6f, measured %.6f nats a byte", source.entropyPerByte(), measured);
    QVERIFY(std::abs(measured / source.entropyPerByte() - 1) < 0.005);
    QVERIFY(source.entropyPerByte() > 0.55 && source.entropyPerByte() < 0.9);
}

// Plug-in entropy of counted words with the Miller–Madow correction: it knows nothing of the source's probabilities.
void TestTurkishText::slotEntropiesMatchCounts()
{
    const TurkishSource source;
    std::map<std::string, int> counts;
    int total = 0;
    for (const Words& sentence : sentencesOf(source.generate(13, 4'000'000, {}))) {
        ++counts[sentence.back()]; // a verb, whose slot hangs on the template
        ++total;
    }
    double plugIn = (static_cast<double>(counts.size()) - 1) / (2.0 * total);
    for (const auto& [word, count] : counts)
        plugIn -= static_cast<double>(count) / total * std::log(static_cast<double>(count) / total);
    std::map<std::string, double> exact;
    for (const TurkishSource::Template& one : source.templates()) {
        for (const WeightedWord& word : source.slots()[static_cast<std::size_t>(one.slots.back())])
            exact[word.text] += one.probability * word.probability;
    }
    double entropy = 0;
    for (const auto& [word, probability] : exact)
        entropy -= probability * std::log(probability);
    qInfo("verbs: exact %.4f, counted %.4f nats over %d", entropy, plugIn, total);
    QVERIFY(std::abs(plugIn / entropy - 1) < 0.005);
}

void TestTurkishText::theLengthIsThatOfTheText()
{
    const TurkishSource source;
    const std::vector<std::uint8_t> text = source.generate(14, 2'000'000, {});
    const auto sentences = static_cast<double>(std::count(text.begin(), text.end(), '\n'));
    const auto letters = static_cast<double>(
        std::count_if(text.begin(), text.end(), [](std::uint8_t byte) { return (byte & 0xc0) != 0x80; }));
    QVERIFY(std::abs(static_cast<double>(text.size()) / sentences / source.sentenceBytes() - 1) < 0.005);
    QVERIFY(std::abs(letters / sentences / source.sentenceCharacters() - 1) < 0.005);
}

void TestTurkishText::theSameSeedGivesTheSameBytes()
{
    const TurkishSource source;
    const std::vector<std::uint8_t> text = source.generate(1, 10'000, {});
    QVERIFY(text == source.generate(1, 10'000, {}));
    QVERIFY(text != source.generate(2, 10'000, {}));
    QVERIFY(text.size() >= 10'000 && text.size() < 10'200);
    QCOMPARE(text.back(), std::uint8_t { '\n' });
}

void TestTurkishText::generatedTextsHaveNames()
{
    const auto turkish = generateText("generated:turkish", false, {});
    const auto other = generateText("generated:turkish", true, {});
    QVERIFY(turkish && other && turkish->bytes != other->bytes);
    QCOMPARE(turkish->entropyPerByte, TurkishSource().entropyPerByte());
    const auto eight = generateText("generated:eight-sentences", false, {});
    QVERIFY(eight);
    QCOMPARE(std::count(eight->bytes.begin(), eight->bytes.end(), '\n'), 8000);
    QCOMPARE(eight->entropyPerByte, 0.0);
    QVERIFY(isGenerated("generated:klingon"));
    QVERIFY(!generateText("generated:klingon", false, {}));
}

void TestTurkishText::aStopEndsTheGenerating()
{
    std::stop_source source;
    source.request_stop();
    QVERIFY_EXCEPTION_THROWN(TurkishSource().generate(1, 1000, source.get_token()), Cancelled);
}

QTEST_GUILESS_MAIN(TestTurkishText)
#include "tst_turkish_text.moc"
