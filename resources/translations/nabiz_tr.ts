<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="tr" sourcelanguage="en">
<context>
    <name>ComparePage</name>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
    <message>
        <source>nats a byte</source>
        <translation>nat/bayt</translation>
    </message>
</context>
<context>
    <name>Explanation</name>
    <message>
        <source>A model that predicts the next letter must not see it. One letter of the text is changed, and it is looked at whether the prediction of an earlier one changes with it: then the loss falls for the wrong reason.</source>
        <translation>Sonraki harfi tahmin eden model o harfi görmemelidir. Metnin bir harfi değiştirilir ve daha önceki bir harfin tahmini de değişiyor mu diye bakılır: değişiyorsa kayıp yanlış nedenle düşüyordur.</translation>
    </message>
    <message>
        <source>Samples that are the same, letter for letter. What comes again and again is learnt by heart, and a low loss on it says nothing about other texts.</source>
        <translation>Harfi harfine aynı olan örnekler. Tekrar tekrar gelen ezberlenir; onun üzerindeki düşük kayıp başka metinler hakkında bir şey söylemez.</translation>
    </message>
    <message>
        <source>Samples that are shorter than the model&apos;s length are filled up. The filling is easy to predict, and lowers the mean loss without anything being learnt.</source>
        <translation>Modelin uzunluğundan kısa örnekler doldurulur. Dolguyu tahmin etmek kolaydır; hiçbir şey öğrenilmeden ortalama kaybı düşürür.</translation>
    </message>
    <message>
        <source>Text that stands in the training text and in the validation text, too. The validation loss then shows what was learnt by heart, not what was understood.</source>
        <translation>Hem eğitim metninde hem doğrulama metninde bulunan metin. O zaman doğrulama kaybı anlaşılanı değil, ezberleneni gösterir.</translation>
    </message>
    <message>
        <source>Different letters that become the same number before the model sees them. It cannot tell them apart, and cannot write them.</source>
        <translation>Model görmeden önce aynı sayıya dönüşen farklı harfler. Model bunları birbirinden ayıramaz ve yazamaz.</translation>
    </message>
    <message>
        <source>How low a loss can honestly be: what a good compressor needs for the text, or what is known of a generated one. A loss well below it was reached in another way than by learning.</source>
        <translation>Kaybın dürüstçe ne kadar düşük olabileceği: iyi bir sıkıştırıcının metin için gereksindiği ya da üretilmiş bir metin için bilinen değer. Bunun çok altındaki bir kayba öğrenmekten başka bir yolla varılmıştır.</translation>
    </message>
    <message>
        <source>Weights that get no gradient are never changed. They take memory, and the model is smaller than it seems.</source>
        <translation>Gradyan almayan ağırlıklar hiç değişmez. Bellek kaplarlar ve model göründüğünden küçüktür.</translation>
    </message>
    <message>
        <source>A model that knows nothing yet guesses evenly, and the loss of that is known. A first loss far from it says that weights, text or loss are not what one thinks.</source>
        <translation>Henüz hiçbir şey bilmeyen model eşit olasılıkla tahmin eder ve bunun kaybı bellidir. İlk kayıp bundan uzaksa ağırlıklar, metin ya da kayıp sanıldığı gibi değildir.</translation>
    </message>
    <message>
        <source>A setting that is written down but changes nothing in this run, such as a warm-up that is longer than the run.</source>
        <translation>Yazılı olan ama bu koşuda hiçbir şeyi değiştirmeyen bir ayar; örneğin koşudan uzun bir ısınma.</translation>
    </message>
    <message>
        <source>The frozen language model&apos;s weights. Half of it in float16, a quarter in int8.</source>
        <translation>Dondurulmuş dil modelinin ağırlıkları. float16&apos;da yarısı, int8&apos;de dörtte biri.</translation>
    </message>
    <message>
        <source>What is trained: its weights, as much again for their gradients, and twice as much for AdamW&apos;s two moments.</source>
        <translation>Eğitilen kısım: ağırlıkları, gradyanları için bir o kadar daha, AdamW&apos;nin iki momenti için iki katı.</translation>
    </message>
    <message>
        <source>What the forward pass keeps for the backward pass. It grows with the batch size and the length; gradient checkpointing computes most of it again instead.</source>
        <translation>İleri geçişin geri geçiş için sakladıkları. Batch boyutu ve uzunlukla büyür; gradyan kontrol noktaları bunun çoğunu saklamak yerine yeniden hesaplar.</translation>
    </message>
    <message>
        <source>Half-precision copies of weights while a step is computed, and room that the libraries take for their own work.</source>
        <translation>Bir adım hesaplanırken ağırlıkların yarım duyarlıklı kopyaları ve kitaplıkların kendi işleri için aldığı yer.</translation>
    </message>
    <message>
        <source>The signs along the x axis are what happened there: an evaluation of the validation text, a checkpoint from which the run can go on, a place where it went on or a setting was changed, a change of the learning rate, a warning. Point at one to read it; click it to find it in the list of events.</source>
        <translation>x ekseni boyunca duran işaretler orada olanlardır: doğrulama metniyle bir değerlendirme, koşunun sürdürülebileceği bir kontrol noktası, sürdürüldüğü ya da bir ayarın değiştiği yer, öğrenme hızında bir değişiklik, bir uyarı. Okumak için üzerine gelin; olaylar listesinde bulmak için tıklayın.</translation>
    </message>
</context>
<context>
    <name>FactsCard</name>
    <message>
        <source>device</source>
        <translation>aygıt</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>driver</source>
        <translation>sürücü</translation>
    </message>
    <message>
        <source>processor</source>
        <translation>işlemci</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>iş parçacığı</translation>
    </message>
    <message>
        <source>memory of the machine</source>
        <translation>makinenin belleği</translation>
    </message>
    <message>
        <source>host</source>
        <translation>bilgisayar</translation>
    </message>
    <message>
        <source>system</source>
        <translation>sistem</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>çekirdek sürümü</translation>
    </message>
    <message>
        <source>Nabız</source>
        <translation>Nabız</translation>
    </message>
    <message>
        <source>LibTorch</source>
        <translation>LibTorch</translation>
    </message>
    <message>
        <source>SQLite</source>
        <translation>SQLite</translation>
    </message>
    <message>
        <source>compiler</source>
        <translation>derleyici</translation>
    </message>
    <message>
        <source>weights of the model</source>
        <translation>modelin ağırlık sayısı</translation>
    </message>
    <message>
        <source>of them trained</source>
        <translation>eğitilen ağırlık sayısı</translation>
    </message>
    <message>
        <source>stand-in language model</source>
        <translation>vekil dil modeli</translation>
    </message>
    <message>
        <source>files of the text</source>
        <translation>metin dosyası sayısı</translation>
    </message>
    <message>
        <source>size of the text</source>
        <translation>metnin boyutu</translation>
    </message>
    <message>
        <source>fingerprint of the text</source>
        <translation>metnin parmak izi</translation>
    </message>
    <message>
        <source>commit of the text&apos;s folder</source>
        <translation>metin klasörünün commit&apos;i</translation>
    </message>
    <message>
        <source>text to train on</source>
        <translation>eğitim metni</translation>
    </message>
    <message>
        <source>text to validate on</source>
        <translation>doğrulama metni</translation>
    </message>
    <message>
        <source>entropy, nats a byte</source>
        <translation>entropi, nat/bayt</translation>
    </message>
    <message>
        <source>left out of it</source>
        <translation>dışarıda bırakılanlar</translation>
    </message>
    <message>
        <source>commit of the tracked folder</source>
        <translation>izlenen klasörün commit&apos;i</translation>
    </message>
    <message>
        <source>files changed in it</source>
        <translation>klasörde değişen dosyalar</translation>
    </message>
    <message>
        <source>memory after loading</source>
        <translation>yüklemeden sonraki bellek</translation>
    </message>
    <message>
        <source>predicted peak</source>
        <translation>öngörülen tepe</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Kapat</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Klavye kısayolları</translation>
    </message>
    <message>
        <source>About Nabız</source>
        <translation>Nabız hakkında</translation>
    </message>
    <message>
        <source>Experiment tracking on your own machine: every batch is kept, nothing leaves it.
Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Kendi bilgisayarınızda deney izleme: her batch saklanır, hiçbir şey dışarı çıkmaz.
GNU Genel Kamu Lisansı (GPL) sürüm 3 veya sonrası ile sunulan özgür yazılımdır.</translation>
    </message>
    <message>
        <source>In the window</source>
        <translation>Pencerede</translation>
    </message>
    <message>
        <source>In a chart</source>
        <translation>Grafikte</translation>
    </message>
</context>
<context>
    <name>Message</name>
    <message>
        <source>The trainer failed without saying why.</source>
        <translation>Eğitici, neden belirtmeden hata verdi.</translation>
    </message>
    <message>
        <source>A whole number is needed, such as %1.</source>
        <translation>Tam sayı girin, örneğin %1.</translation>
    </message>
    <message>
        <source>A number is needed, such as %1.</source>
        <translation>Sayı girin, örneğin %1.</translation>
    </message>
    <message>
        <source>Use generated text</source>
        <translation>Üretilmiş metin kullan</translation>
    </message>
    <message>
        <source>Set a part aside</source>
        <translation>Bir bölümünü ayır</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 kullan</translation>
    </message>
    <message>
        <source>%1: %2 is neither a file nor a folder.</source>
        <translation>%1: %2 ne dosya ne de klasör.</translation>
    </message>
    <message>
        <source>%1: %2 cannot be read: %3.</source>
        <translation>%1: %2 okunamıyor: %3.</translation>
    </message>
    <message>
        <source>%1: %2 is empty.</source>
        <translation>%1: %2 boş.</translation>
    </message>
    <message>
        <source>%1: the text in %2 has %3 bytes, fewer than one sample of %4 (model.max_seq_len).</source>
        <translation>%1: %2 içindeki metin %3 bayt; %4 baytlık tek bir örnek için bile kısa (model.max_seq_len).</translation>
    </message>
    <message>
        <source>%1 has no key here: 16-bit products are chosen by training.use_amp.</source>
        <translation>%1 anahtarı burada yok: 16 bitlik çarpımlar training.use_amp ile seçilir.</translation>
    </message>
    <message>
        <source>%1 has no key here: attention is computed whole; training.batch_size lowers its memory.</source>
        <translation>%1 anahtarı burada yok: dikkat bütün olarak hesaplanır; belleği training.batch_size ile azalır.</translation>
    </message>
    <message>
        <source>%1 has no key here: the same seed must give the same losses.</source>
        <translation>%1 anahtarı burada yok: aynı tohum aynı kayıpları vermelidir.</translation>
    </message>
    <message>
        <source>%1 has no key here: checkpoints lie in a folder beside the database, by run.</source>
        <translation>%1 anahtarı burada yok: kontrol noktaları, veritabanının yanındaki bir klasörde koşulara göre durur.</translation>
    </message>
    <message>
        <source>%1 has no key here: the model is compiled into the program.</source>
        <translation>%1 anahtarı burada yok: model programın içinde derlenmiştir.</translation>
    </message>
    <message>
        <source>%1 has no key here: the same seed always gives the same losses.</source>
        <translation>%1 anahtarı burada yok: aynı tohum her zaman aynı kayıpları verir.</translation>
    </message>
    <message>
        <source>%1 has no key here: Nabız trains on one device.</source>
        <translation>%1 anahtarı burada yok: Nabız tek bir aygıtta eğitir.</translation>
    </message>
    <message>
        <source>%1 has no key here: the allocator is left alone; hardware.max_memory_mb caps it.</source>
        <translation>%1 anahtarı burada yok: bellek ayırıcıya karışılmaz; sınırı hardware.max_memory_mb koyar.</translation>
    </message>
    <message>
        <source>%1 has no key here: every batch goes into the database (--db).</source>
        <translation>%1 anahtarı burada yok: her batch veritabanına yazılır (--db).</translation>
    </message>
    <message>
        <source>%1 has no key here: the text lies in memory and needs no loaders. CPU threads are hardware.threads.</source>
        <translation>%1 anahtarı burada yok: metin bellekte durur, yükleyici gerekmez. CPU iş parçacığı sayısı hardware.threads ile belirlenir.</translation>
    </message>
    <message>
        <source>%1 has no key here: the text lies in memory and needs no loaders.</source>
        <translation>%1 anahtarı burada yok: metin bellekte durur, yükleyici gerekmez.</translation>
    </message>
    <message>
        <source>%1 has no key here: batches are few bytes, and are copied without waiting.</source>
        <translation>%1 anahtarı burada yok: batch birkaç bayttır ve beklemeden kopyalanır.</translation>
    </message>
    <message>
        <source>%1 has no key here: Nabız records and draws every batch itself.</source>
        <translation>%1 anahtarı burada yok: Nabız her batch&apos;i kendisi kaydeder ve çizer.</translation>
    </message>
    <message>
        <source>%1 has no key here: the fastest attention that the device has is always used.</source>
        <translation>%1 anahtarı burada yok: her zaman aygıttaki en hızlı dikkat kullanılır.</translation>
    </message>
    <message>
        <source>%1 is called %2 here.</source>
        <translation>%1 anahtarının buradaki adı: %2.</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>Kapat</translation>
    </message>
    <message>
        <source>Leave empty</source>
        <translation>Boş bırak</translation>
    </message>
    <message>
        <source>%1 must be a finite number, not %2.</source>
        <translation>%1 sonlu bir sayı olmalı; verilen: %2.</translation>
    </message>
    <message>
        <source>%1 must be greater than %2, and is %3.</source>
        <translation>%1 şundan büyük olmalı: %2; verilen: %3.</translation>
    </message>
    <message>
        <source>%1 must be at least %2, and is %3.</source>
        <translation>%1 en az %2 olmalı; verilen: %3.</translation>
    </message>
    <message>
        <source>%1 must be at least %2 and below %3, and is %4.</source>
        <translation>%1 en az %2 olmalı ve %3 değerinin altında kalmalı; verilen: %4.</translation>
    </message>
    <message>
        <source>%1 must be from %2 to %3, and is %4.</source>
        <translation>%1 şu aralıkta olmalı: %2 – %3; verilen: %4.</translation>
    </message>
    <message>
        <source>%1 cannot be &apos;%2&apos;; is &apos;%3&apos; meant? It takes %4.</source>
        <translation>%1 için &apos;%2&apos; geçersiz; &apos;%3&apos; olabilir mi? Seçenekler: %4.</translation>
    </message>
    <message>
        <source>%1 cannot be &apos;%2&apos;; it takes %3.</source>
        <translation>%1 için &apos;%2&apos; geçersiz; seçenekler: %3.</translation>
    </message>
    <message>
        <source>%1 takes true or false, and is %2.</source>
        <translation>%1 ya true ya da false olmalı; verilen: %2.</translation>
    </message>
    <message>
        <source>%1 is too large a number for %2.</source>
        <translation>%1, %2 için fazla büyük bir sayı.</translation>
    </message>
    <message>
        <source>%1 takes a whole number such as %2, and is %3.</source>
        <translation>%1 bir tam sayı olmalı, örneğin %2; verilen: %3.</translation>
    </message>
    <message>
        <source>%1 is outside what a number can hold, for %2.</source>
        <translation>%1 bir sayının tutabileceği aralığın dışında (%2).</translation>
    </message>
    <message>
        <source>%1 takes a decimal point, not a comma: write %2.</source>
        <translation>%1 virgül değil, ondalık nokta ister: %2 yazın.</translation>
    </message>
    <message>
        <source>%1 takes a number such as %2, and is %3.</source>
        <translation>%1 bir sayı olmalı, örneğin %2; verilen: %3.</translation>
    </message>
    <message>
        <source>%1 takes a text, and is %2.</source>
        <translation>%1 bir metin olmalı; verilen: %2.</translation>
    </message>
    <message>
        <source>%1 holds a zero byte, which no text may.</source>
        <translation>%1 içinde bir sıfır baytı var; metinde bulunamaz.</translation>
    </message>
    <message>
        <source>%1 takes a list such as %2, and is %3.</source>
        <translation>%1 bir liste olmalı, örneğin %2; verilen: %3.</translation>
    </message>
    <message>
        <source>%1 takes a list such as %2; an element is %3.</source>
        <translation>%1 bir liste olmalı, örneğin %2; bir öğesi: %3.</translation>
    </message>
    <message>
        <source>%1 must have from %2 to %3 elements, and has %4.</source>
        <translation>%1 listesinde en az %2, en çok %3 öğe olmalı; verilen: %4.</translation>
    </message>
    <message>
        <source>%1: anchors, aliases and tags are not read; write the value itself.</source>
        <translation>%1: çapa, takma ad ve etiketler okunmaz; değerin kendisini yazın.</translation>
    </message>
    <message>
        <source>%1 is set twice, first in line %2. Remove one.</source>
        <translation>%1 iki kez verilmiş; ilki %2. satırda. Birini silin.</translation>
    </message>
    <message>
        <source>Anchors, aliases and tags are not read; write the text itself.</source>
        <translation>Çapa, takma ad ve etiketler okunmaz; metnin kendisini yazın.</translation>
    </message>
    <message>
        <source>A key must be a plain name.</source>
        <translation>Anahtar yalın bir ad olmalı.</translation>
    </message>
    <message>
        <source>model.n_experts is %1, but model.expert_types names %2. Leave n_experts out: it follows from the list.</source>
        <translation>model.n_experts %1, oysa model.expert_types %2 uzman sayıyor. n_experts satırını silin: listeden belli olur.</translation>
    </message>
    <message>
        <source>The section %1 must hold keys, such as %2; it holds none. Add them below, or remove the line.</source>
        <translation>%1 bölümünde anahtarlar olmalı, örneğin %2; hiç yok. Altına ekleyin ya da satırı silin.</translation>
    </message>
    <message>
        <source>%1 takes a text on its line.</source>
        <translation>%1, kendi satırında bir metin ister.</translation>
    </message>
    <message>
        <source>The preset is empty. It takes sections with keys, such as training: and below it batch_size: 4, or one line extends: quick.</source>
        <translation>Ön ayar boş. Anahtarlı bölümler içermeli, örneğin training: ve altında batch_size: 4; ya da tek satır: extends: quick.</translation>
    </message>
    <message>
        <source>The preset is %1; it must be sections with keys, such as training: and below it batch_size: 4.</source>
        <translation>Ön ayar: %1. Anahtarlı bölümler içermeli, örneğin training: ve altında batch_size: 4.</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>%1 adlı bir dosya yok.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2.</source>
        <translation>%1 dosyası okunamıyor: %2.</translation>
    </message>
    <message>
        <source>%1 is a folder; a preset is a file.</source>
        <translation>%1 bir klasör; ön ayar bir dosyadır.</translation>
    </message>
    <message>
        <source>%1 is not a plain file; a preset is one.</source>
        <translation>%1 düz bir dosya değil; ön ayar düz bir dosyadır.</translation>
    </message>
    <message>
        <source>The value of %1 is longer than 1 MB.</source>
        <translation>%1 değeri 1 MB sınırını aşıyor.</translation>
    </message>
    <message>
        <source>A setting is written key=value, such as training.batch_size=4.</source>
        <translation>Bir ayar anahtar=değer biçiminde yazılır, örneğin training.batch_size=4.</translation>
    </message>
    <message>
        <source>There is no key %1; is %2 meant?</source>
        <translation>%1 adlı bir anahtar yok; %2 olabilir mi?</translation>
    </message>
    <message>
        <source>There is no key %1. Remove the line.</source>
        <translation>%1 adlı bir anahtar yok. Satırı silin.</translation>
    </message>
    <message>
        <source>There is no section %1; is %2 meant?</source>
        <translation>%1 adlı bir bölüm yok; %2 olabilir mi?</translation>
    </message>
    <message>
        <source>There is no section %1; write %2 below the line %3:</source>
        <translation>%1 adlı bir bölüm yok; %2 anahtarını şu satırın altına yazın: %3:</translation>
    </message>
    <message>
        <source>extends: %1 leads back to where it came from. Let one of the presets in the circle extend nothing.</source>
        <translation>extends: %1 başladığı yere geri dönüyor. Döngüdeki ön ayarlardan birinin extends satırını silin.</translation>
    </message>
    <message>
        <source>There is no preset %1 to extend; is %2 meant?</source>
        <translation>Temel alınacak %1 adlı bir ön ayar yok; %2 olabilir mi?</translation>
    </message>
    <message>
        <source>There is no preset %1 to extend. It can be a shipped one, such as quick, or lie beside this file.</source>
        <translation>Temel alınacak %1 adlı bir ön ayar yok. Programla gelenlerden biri (örneğin quick) ya da bu dosyanın yanında duran bir dosya olabilir.</translation>
    </message>
    <message>
        <source>There is no preset %1; is %2 meant?</source>
        <translation>%1 adlı bir ön ayar yok; %2 olabilir mi?</translation>
    </message>
    <message>
        <source>There is no preset %1, nor a file of that name. `nabiz presets` lists them.</source>
        <translation>%1 adlı ne bir ön ayar ne de bir dosya var. `nabiz presets` hepsini listeler.</translation>
    </message>
    <message>
        <source>A preset cannot be called &apos;%1&apos;. Choose a name without / that no shipped preset has.</source>
        <translation>Ön ayarın adı &apos;%1&apos; olamaz. İçinde / bulunmayan ve programla gelen bir ön ayara ait olmayan bir ad seçin.</translation>
    </message>
    <message>
        <source>There is no folder for presets of your own: set HOME or XDG_CONFIG_HOME.</source>
        <translation>Kendi ön ayarlarınız için bir klasör yok: HOME ya da XDG_CONFIG_HOME değişkenini tanımlayın.</translation>
    </message>
    <message>
        <source>The text is larger than 1 MB; a preset is a few lines. Was another file meant?</source>
        <translation>Metin 1 MB sınırını aşıyor; ön ayar birkaç satırdır. Başka bir dosya olabilir mi?</translation>
    </message>
    <message>
        <source>A control character stands here: this is a binary file, not a preset. Was another file meant?</source>
        <translation>Burada bir denetim karakteri var: bu ön ayar değil, ikili bir dosya. Başka bir dosya olabilir mi?</translation>
    </message>
    <message>
        <source>The bytes here are not UTF-8. Save the preset in UTF-8.</source>
        <translation>Buradaki baytlar UTF-8 değil. Ön ayarı UTF-8 olarak kaydedin.</translation>
    </message>
    <message>
        <source>A carriage return stands alone here. Save the preset with the line ends of Unix or Windows.</source>
        <translation>Burada tek başına bir satır başı karakteri (CR) var. Ön ayarı Unix ya da Windows satır sonlarıyla kaydedin.</translation>
    </message>
    <message>
        <source>The line is indented with a tab, which YAML does not allow. Use two spaces.</source>
        <translation>Satır sekmeyle girintilenmiş; YAML buna izin vermez. İki boşluk kullanın.</translation>
    </message>
    <message>
        <source>The stand-in &apos;%1&apos; is neither qwen3-0.6b nor sizes such as hidden=128,layers=2.</source>
        <translation>&apos;%1&apos; vekili ne qwen3-0.6b ne de hidden=128,layers=2 gibi boyutlar.</translation>
    </message>
    <message>
        <source>A stand-in has no size %1; is %2 meant?</source>
        <translation>Vekilin %1 adlı bir boyutu yok; %2 olabilir mi?</translation>
    </message>
    <message>
        <source>The stand-in&apos;s %1 is given twice.</source>
        <translation>Vekilin %1 boyutu iki kez verilmiş.</translation>
    </message>
    <message>
        <source>The stand-in&apos;s %1 must be a whole number from 1 to %2, and is &apos;%3&apos;.</source>
        <translation>Vekilin %1 boyutu 1 ile %2 arasında bir tam sayı olmalı; verilen: &apos;%3&apos;.</translation>
    </message>
    <message>
        <source>The stand-in&apos;s kv_heads (%1) must divide its heads (%2) without remainder.</source>
        <translation>Vekilin kv_heads boyutu (%1) heads boyutunu (%2) kalansız bölmeli.</translation>
    </message>
    <message>
        <source>The stand-in&apos;s head_dim must be even, and is %1.</source>
        <translation>Vekilin head_dim boyutu çift olmalı; verilen: %1.</translation>
    </message>
    <message>
        <source>The stand-in&apos;s layers must be at most 1000, and are %1.</source>
        <translation>Vekilin layers boyutu en çok 1000 olmalı; verilen: %1.</translation>
    </message>
    <message>
        <source>A stand-in needs hidden and layers, such as hidden=128,layers=2.</source>
        <translation>Vekil için hidden ve layers gerekir, örneğin hidden=128,layers=2.</translation>
    </message>
    <message>
        <source>model.n_heads (%1) must divide model.d_model (%2) without remainder.</source>
        <translation>model.n_heads (%1), model.d_model değerini (%2) kalansız bölmeli.</translation>
    </message>
    <message>
        <source>With a causal expert model.max_seq_len can be at most 1000, and is %1.</source>
        <translation>causal uzmanıyla model.max_seq_len en çok 1000 olabilir; verilen: %1.</translation>
    </message>
    <message>
        <source>hardware.device takes auto, cpu, cuda, or cuda: and a number; it is &apos;%1&apos;.</source>
        <translation>hardware.device auto, cpu, cuda ya da bir numarayla cuda: olmalı; verilen: &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>hardware.device is %1, but this machine shows no CUDA device.</source>
        <translation>hardware.device: %1; oysa bu makinede CUDA aygıtı görünmüyor.</translation>
    </message>
    <message>
        <source>Use the CPU</source>
        <translation>CPU kullan</translation>
    </message>
    <message>
        <source>hardware.device is %1, but this machine&apos;s last CUDA device is cuda:%2.</source>
        <translation>hardware.device: %1; oysa bu makinedeki son CUDA aygıtı cuda:%2.</translation>
    </message>
    <message>
        <source>hardware.threads is %1, but there are %2 cores: threads that wait for each other are slower.</source>
        <translation>hardware.threads: %1; oysa %2 çekirdek var: birbirini bekleyen iş parçacıkları daha yavaştır.</translation>
    </message>
    <message>
        <source>Use stand-in</source>
        <translation>Vekil kullan</translation>
    </message>
    <message>
        <source>Without language weights a stand-in is needed: its weights are random, but memory and speed are real.</source>
        <translation>Dil ağırlıkları olmadan bir vekil gerekir: ağırlıkları rastgeledir, ama bellek ve hız gerçektir.</translation>
    </message>
    <message>
        <source>bfloat16 needs a GPU of compute capability 8.0 or later; this one has %1.</source>
        <translation>bfloat16 için hesaplama yeteneği 8.0 veya üzeri bir GPU gerekir; buradaki: %1.</translation>
    </message>
    <message>
        <source>Mixed precision (training.use_amp) needs CUDA.</source>
        <translation>Karma hassasiyet (training.use_amp) için CUDA gerekir.</translation>
    </message>
    <message>
        <source>The warm-up takes %1 steps and the run has %2: the learning rate never gets past its rise.</source>
        <translation>Isınma %1 adım, koşu ise %2 adım: öğrenme oranı yükselişini hiç tamamlamaz.</translation>
    </message>
    <message>
        <source>There is nothing to evaluate on: data.val_path is empty and data.val_fraction is 0.</source>
        <translation>Değerlendirilecek metin yok: data.val_path boş, data.val_fraction 0.</translation>
    </message>
    <message>
        <source>Do not evaluate</source>
        <translation>Değerlendirme yapma</translation>
    </message>
    <message>
        <source>The text is nested too deeply; a preset has sections with one value a line.</source>
        <translation>Metin fazla derin iç içe geçmiş; ön ayar, her satırda bir değer olan bölümlerden oluşur.</translation>
    </message>
    <message>
        <source>A second document begins here; a preset is one. Remove the line ---.</source>
        <translation>Burada ikinci bir belge başlıyor; ön ayar tek bir belgedir. --- satırını silin.</translation>
    </message>
    <message>
        <source>The text is not YAML from here on: %1.</source>
        <translation>Metin buradan sonra YAML değil: %1.</translation>
    </message>
    <message>
        <source>There is no text to train on. Set data.train_path to a file, a folder, or generated:turkish.</source>
        <translation>Eğitilecek metin yok. data.train_path için bir dosya, bir klasör ya da generated:turkish verin.</translation>
    </message>
    <message>
        <source>Lines of one byte hold nothing to predict: %1 are left out.</source>
        <translation>Tek baytlık satırlarda tahmin edilecek bir şey yok: %1 satır dışarıda bırakıldı.</translation>
    </message>
    <message>
        <source>%1 has no line of two bytes to train on. Set data.sampling=window, or data.train_path to another text.</source>
        <translation>%1 içinde eğitilecek en az iki baytlık satır yok. data.sampling=window yapın ya da data.train_path için başka bir metin verin.</translation>
    </message>
    <message>
        <source>%1 leaves %2 bytes to train on, less than one sample of %3. Lower model.max_seq_len, or set data.train_path to a longer text.</source>
        <translation>%1 eğitime %2 bayt bırakıyor; %3 baytlık tek bir örnek için bile kısa. model.max_seq_len değerini düşürün ya da data.train_path için daha uzun bir metin verin.</translation>
    </message>
    <message>
        <source>No line of two bytes is left for validation. Raise data.val_fraction, or set training.eval_interval=0 to train without.</source>
        <translation>Doğrulamaya en az iki baytlık satır kalmıyor. data.val_fraction değerini yükseltin ya da doğrulamasız eğitmek için training.eval_interval=0 yapın.</translation>
    </message>
    <message>
        <source>%1 bytes are left for validation, less than one sample of %2. Raise data.val_fraction, lower model.max_seq_len, or set training.eval_interval=0 to train without.</source>
        <translation>Doğrulamaya %1 bayt kalıyor; %2 baytlık tek bir örnek için bile kısa. data.val_fraction değerini yükseltin, model.max_seq_len değerini düşürün ya da doğrulamasız eğitmek için training.eval_interval=0 yapın.</translation>
    </message>
    <message>
        <source>%1 does not fit into this machine&apos;s memory. Set data.train_path to a part of it.</source>
        <translation>%1 bu makinenin belleğine sığmıyor. data.train_path için bir bölümünü verin.</translation>
    </message>
    <message>
        <source>%1 holds the byte %2 (%3), but model.vocab_size is %4. Set model.vocab_size=256.</source>
        <translation>%1 içinde %2 baytı var (%3), oysa model.vocab_size %4. model.vocab_size=256 yapın.</translation>
    </message>
    <message>
        <source>%1 is not all UTF-8: %2 bytes belong to no character. They are trained on as they are.</source>
        <translation>%1 bütünüyle UTF-8 değil: %2 bayt hiçbir karaktere ait değil. Oldukları gibi eğitime girerler.</translation>
    </message>
    <message>
        <source>%1: %2 ids are 0, which stands for padding; they are never predicted.</source>
        <translation>%1: %2 kimlik, dolgu anlamına gelen 0; bunlar hiç tahmin edilmez.</translation>
    </message>
    <message>
        <source>The samples cannot be shown: %1.</source>
        <translation>Örnekler gösterilemiyor: %1.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 okunamıyor: %2.</translation>
    </message>
    <message>
        <source>%1 is no safetensors file: it has %2 bytes.</source>
        <translation>%1 bir safetensors dosyası değil: boyutu %2 bayt.</translation>
    </message>
    <message>
        <source>%1: the tensor %2 cannot be written: its name is taken, or its size is not that of its shape.</source>
        <translation>%1: %2 tensörü yazılamıyor: adı kullanımda ya da boyutu şekline uymuyor.</translation>
    </message>
    <message>
        <source>%1 is no safetensors file, or is cut short: its header would take %2 bytes.</source>
        <translation>%1 bir safetensors dosyası değil ya da eksik: başlığı %2 bayt tutardı.</translation>
    </message>
    <message>
        <source>%1 holds no tensor %2.</source>
        <translation>%1 içinde %2 tensörü yok.</translation>
    </message>
    <message>
        <source>%1: the tensor %2 is there twice.</source>
        <translation>%1: %2 tensörü iki kez geçiyor.</translation>
    </message>
    <message>
        <source>%1: %2 of %3 is there twice.</source>
        <translation>%1: %2 iki kez geçiyor (%3).</translation>
    </message>
    <message>
        <source>%1: the tensor %2 has an unknown field %3.</source>
        <translation>%1: %2 tensöründe bilinmeyen bir alan var: %3.</translation>
    </message>
    <message>
        <source>%1: the tensor %2 lacks its type, shape or place.</source>
        <translation>%1: %2 tensörünün türü, şekli ya da yeri eksik.</translation>
    </message>
    <message>
        <source>%1: the tensor %2 has the type %3, which is not supported.</source>
        <translation>%1: %2 tensörünün türü %3; bu tür desteklenmiyor.</translation>
    </message>
    <message>
        <source>%1: the header is not sound JSON at byte %2.</source>
        <translation>%1: başlık, %2 numaralı baytta geçerli JSON değil.</translation>
    </message>
    <message>
        <source>%1: the header is not an object of tensors.</source>
        <translation>%1: başlık, tensörlerden oluşan bir nesne değil.</translation>
    </message>
    <message>
        <source>%1: the header says of %2 what the format does not allow.</source>
        <translation>%1: başlıkta %2 için biçimin izin vermediği bir bilgi var.</translation>
    </message>
    <message>
        <source>%1: the tensor %2 overlaps another, leaves a hole before it, or lies outside the file. The file is damaged or cut short.</source>
        <translation>%1: %2 tensörü bir başkasıyla çakışıyor, önünde boşluk bırakıyor ya da dosyanın dışında kalıyor. Dosya bozuk ya da eksik.</translation>
    </message>
    <message>
        <source>%1: the tensor %2 takes another number of bytes than its shape asks for.</source>
        <translation>%1: %2 tensörünün bayt sayısı şekline uymuyor.</translation>
    </message>
    <message>
        <source>%1 holds %2 bytes of data, but its tensors take %3.</source>
        <translation>%1 içinde %2 bayt veri var, oysa tensörleri %3 bayt tutuyor.</translation>
    </message>
    <message>
        <source>%1: the header does not begin with {.</source>
        <translation>%1: başlık { ile başlamıyor.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2. Mend that, or choose another text.</source>
        <translation>%1 okunamıyor: %2. Bunu giderin ya da başka bir metin seçin.</translation>
    </message>
    <message>
        <source>%1 is damaged or cut short: it does not unpack to its end. Replace it by a whole copy, or take it out of the folder.</source>
        <translation>%1 bozuk ya da eksik: sonuna kadar açılamıyor. Yerine tam bir kopya koyun ya da klasörden çıkarın.</translation>
    </message>
    <message>
        <source>%1 does not exist. Set %2 to a text file or a folder of .txt or .gz files.</source>
        <translation>%1 yok. %2 için bir metin dosyası ya da .txt veya .gz dosyaları olan bir klasör verin.</translation>
    </message>
    <message>
        <source>%1 is empty. Set %2 to a text of at least one sample.</source>
        <translation>%1 boş. %2 için en az bir örnek uzunluğunda bir metin verin.</translation>
    </message>
    <message>
        <source>The checkpoint %1 cannot be written: %2. Free some space or mend the folder&apos;s permissions.</source>
        <translation>%1 kontrol noktası yazılamıyor: %2. Yer açın ya da klasörün izinlerini düzeltin.</translation>
    </message>
    <message>
        <source>The trainer library %1 lies neither beside the program in %2 nor above it: build it with `./run.sh build`.</source>
        <translation>%1 eğitici kitaplığı ne programın yanında (%2) ne de bir üst klasörde: `./run.sh build` ile derleyin.</translation>
    </message>
    <message>
        <source>The GPU holds its clock down: %1</source>
        <translation>GPU saat hızını düşük tutuyor: %1</translation>
    </message>
    <message>
        <source>This machine has run out of memory: %1 more were asked for. Lower training.batch_size, model.max_seq_len or model.d_model.</source>
        <translation>Bu makinenin belleği yetmedi: ayrıca istenen %1. training.batch_size, model.max_seq_len ya da model.d_model değerini düşürün.</translation>
    </message>
    <message>
        <source>LibTorch finds no device “%1” here (CUDA devices: %2): set hardware.device=cpu, or see `nabiz doctor`.</source>
        <translation>LibTorch burada “%1” aygıtını bulamıyor (CUDA aygıtı sayısı: %2): hardware.device=cpu yapın ya da `nabiz doctor` çıktısına bakın.</translation>
    </message>
    <message>
        <source>LibTorch failed: %1</source>
        <translation>LibTorch hata verdi: %1</translation>
    </message>
    <message>
        <source>Training takes %1, more than the %2 that hardware.max_memory_mb allows: raise it, or lower training.batch_size, model.max_seq_len or model.d_model.</source>
        <translation>Eğitimin istediği bellek %1; hardware.max_memory_mb ise %2 ile sınırlı: sınırı yükseltin ya da training.batch_size, model.max_seq_len veya model.d_model değerini düşürün.</translation>
    </message>
    <message>
        <source>LibTorch warns: %1</source>
        <translation>LibTorch uyarısı: %1</translation>
    </message>
    <message>
        <source>This machine has run out of memory: use less text, or lower training.batch_size, model.max_seq_len or model.d_model.</source>
        <translation>Bu makinenin belleği yetmedi: daha az metin kullanın ya da training.batch_size, model.max_seq_len veya model.d_model değerini düşürün.</translation>
    </message>
    <message>
        <source>LibTorch cannot use the %1 of this machine, so the CPU trains: the driver is too old, or this is LibTorch&apos;s CPU build. See `nabiz doctor`.</source>
        <translation>LibTorch bu makinedeki %1 aygıtını kullanamıyor, eğitim CPU üzerinde sürüyor: sürücü çok eski ya da bu, LibTorch&apos;un CPU derlemesi. `nabiz doctor` çıktısına bakın.</translation>
    </message>
    <message>
        <source>This was built for LibTorch %1 but LibTorch %2 was loaded: run `./run.sh build` again with the LibTorch that is to be used.</source>
        <translation>Program LibTorch %1 ile derlenmiş, yüklenen ise LibTorch %2: kullanılacak LibTorch ile `./run.sh build` komutunu yeniden çalıştırın.</translation>
    </message>
    <message>
        <source>Validation loss %1 over %2 samples</source>
        <translation>Doğrulama kaybı %1, %2 örnek üzerinde</translation>
    </message>
    <message>
        <source>No checkpoint: the loss has been NaN or infinite since batch %1, and the older ones are worth keeping.</source>
        <translation>Kontrol noktası yazılmadı: kayıp, batch %1 itibarıyla NaN ya da sonsuz; önceki kontrol noktaları saklanmaya değer.</translation>
    </message>
    <message>
        <source>power cap</source>
        <translation>güç sınırı</translation>
    </message>
    <message>
        <source>hardware slowdown</source>
        <translation>donanım yavaşlatması</translation>
    </message>
    <message>
        <source>heat (software limit)</source>
        <translation>ısı (yazılım sınırı)</translation>
    </message>
    <message>
        <source>heat (hardware limit)</source>
        <translation>ısı (donanım sınırı)</translation>
    </message>
    <message>
        <source>power brake of the machine</source>
        <translation>makinenin güç freni</translation>
    </message>
    <message>
        <source>Training waited %1 s for the disk. Nothing was lost.</source>
        <translation>Eğitim %1 sn diski bekledi. Hiçbir şey yitirilmedi.</translation>
    </message>
    <message>
        <source>%1 of %2 samples are distinct, %3 of them.</source>
        <translation>%2 örneğin %1 tanesi farklı, oranı %3.</translation>
    </message>
    <message>
        <source>%1 of the first %3 of the text stands in it more than once, in pieces of %2 bytes.</source>
        <translation>Metnin ilk %3 bölümünde, %2 baytlık parçalar hâlinde, %1 oranında metin birden çok kez geçiyor.</translation>
    </message>
    <message>
        <source>%1 of the text stands in it more than once, in pieces of %2 bytes.</source>
        <translation>Metnin %1 kadarı, %2 baytlık parçalar hâlinde, içinde birden çok kez geçiyor.</translation>
    </message>
    <message>
        <source>%1 distinct text</source>
        <translation>metnin farklı bölümü %1</translation>
    </message>
    <message>
        <source>What is seen again and again is learnt by heart: the training loss falls without the model having learnt the language. Set data.train_path to more text, or take out what is repeated.</source>
        <translation>Tekrar tekrar görülen ezberlenir: model dili öğrenmeden eğitim kaybı düşer. data.train_path için daha çok metin verin ya da yinelenenleri çıkarın.</translation>
    </message>
    <message>
        <source>%1 of the training samples is padding.</source>
        <translation>Eğitim örneklerinin %1 kadarı dolgu.</translation>
    </message>
    <message>
        <source>Padding costs time and memory and teaches nothing. The longest line has %1 bytes: set model.max_seq_len=%1, or data.sampling=window.</source>
        <translation>Dolgu süre ve bellek ister, hiçbir şey öğretmez. En uzun satır %1 bayt: model.max_seq_len=%1 ya da data.sampling=window yapın.</translation>
    </message>
    <message>
        <source>Padding costs time and memory and teaches nothing. Lower model.max_seq_len, or set data.sampling=window.</source>
        <translation>Dolgu süre ve bellek ister, hiçbir şey öğretmez. model.max_seq_len değerini düşürün ya da data.sampling=window yapın.</translation>
    </message>
    <message>
        <source>%1 of the validation text in training</source>
        <translation>doğrulama metninin eğitimde geçen bölümü %1</translation>
    </message>
    <message>
        <source>validation apart from training</source>
        <translation>doğrulama eğitimden ayrı</translation>
    </message>
    <message>
        <source>%1 of the validation samples stand in the training text as well.</source>
        <translation>Doğrulama örneklerinin %1 kadarı eğitim metninde de geçiyor.</translation>
    </message>
    <message>
        <source>A validation loss on them tells what the model knows by heart, not what it makes of new text. Set data.split=block, take out what the text repeats, or set data.val_path to another text.</source>
        <translation>Bunlardaki doğrulama kaybı, modelin yeni metinde ne yaptığını değil, neyi ezberlediğini gösterir. data.split=block yapın, metinde yinelenenleri çıkarın ya da data.val_path için başka bir metin verin.</translation>
    </message>
    <message>
        <source>A validation loss on them tells what the model knows by heart, not what it makes of new text. Set data.val_path to text that is not in data.train_path.</source>
        <translation>Bunlardaki doğrulama kaybı, modelin yeni metinde ne yaptığını değil, neyi ezberlediğini gösterir. data.val_path için data.train_path içinde bulunmayan bir metin verin.</translation>
    </message>
    <message>
        <source>%1 different characters, %2 of the text, become another character&apos;s id: %3.</source>
        <translation>%1 farklı karakter (metnin %2 kadarı) başka bir karakterin kimliğini alıyor: %3.</translation>
    </message>
    <message>
        <source>The model cannot tell them apart, and what it writes cannot be read back. Set data.encoding=utf8.</source>
        <translation>Model bunları ayırt edemez, yazdığı da geri okunamaz. data.encoding=utf8 yapın.</translation>
    </message>
    <message>
        <source>The validation loss is %1 nats a byte; the text&apos;s entropy is %2.</source>
        <translation>Doğrulama kaybı %1 nat/bayt; metnin entropisi %2.</translation>
    </message>
    <message>
        <source>The validation loss is %1 nats a byte; xz needs %2 for the same text.</source>
        <translation>Doğrulama kaybı %1 nat/bayt; xz aynı metin için %2 ister.</translation>
    </message>
    <message>
        <source>The training loss, a mean over %3 targets, is %1 nats a byte; the text&apos;s entropy is %2.</source>
        <translation>Eğitim kaybı, %3 hedefin ortalaması, %1 nat/bayt; metnin entropisi %2.</translation>
    </message>
    <message>
        <source>The training loss, a mean over %3 targets, is %1 nats a byte; xz needs %2 for what is distinct in the text.</source>
        <translation>Eğitim kaybı, %3 hedefin ortalaması, %1 nat/bayt; xz metnin yinelenmeyen bölümü için %2 ister.</translation>
    </message>
    <message>
        <source>That is too good: the model knows the validation text by heart. Set data.split=block, or data.val_path to text that is not in the training text.</source>
        <translation>Bu fazla iyi: model doğrulama metnini ezberlemiş. data.split=block yapın ya da data.val_path için eğitim metninde bulunmayan bir metin verin.</translation>
    </message>
    <message>
        <source>That is too good: the model knows the text by heart. Train on more text, and judge by a validation loss (training.eval_interval, data.split=block).</source>
        <translation>Bu fazla iyi: model metni ezberlemiş. Daha çok metinle eğitin ve doğrulama kaybına bakın (training.eval_interval, data.split=block).</translation>
    </message>
    <message>
        <source>That is too good: the model sees what it is asked for, or knows the validation text by heart. Set model.causal=true, and validate on text that is not in the training text.</source>
        <translation>Bu fazla iyi: model kendisinden isteneni görüyor ya da doğrulama metnini ezberlemiş. model.causal=true yapın ve eğitim metninde bulunmayan bir metinle doğrulayın.</translation>
    </message>
    <message>
        <source>That is too good: the model sees what it is asked for, or knows the text by heart. Set model.causal=true, train on more text, and judge by a validation loss (training.eval_interval, data.split=block).</source>
        <translation>Bu fazla iyi: model kendisinden isteneni görüyor ya da metni ezberlemiş. model.causal=true yapın, daha çok metinle eğitin ve doğrulama kaybına bakın (training.eval_interval, data.split=block).</translation>
    </message>
    <message>
        <source>A large model that has learnt long gets below what xz needs; a small or a young one hardly does. Look whether the validation text is new to the model.</source>
        <translation>Uzun süre öğrenmiş büyük bir model xz&apos;nin istediğinin altına iner; küçük ya da yeni başlamış bir model pek inemez. Doğrulama metninin model için yeni olup olmadığına bakın.</translation>
    </message>
    <message>
        <source>loss not below the text&apos;s entropy</source>
        <translation>kayıp metnin entropisinin altında değil</translation>
    </message>
    <message>
        <source>loss above what xz reaches</source>
        <translation>kayıp xz&apos;nin ulaştığının üzerinde</translation>
    </message>
    <message>
        <source>After %1 steps no gradient has reached %2.</source>
        <translation>%1 adımdan sonra şunlara hiç gradyan ulaşmadı: %2.</translation>
    </message>
    <message>
        <source>What they do never touches the loss, so they stay as they began. An expert that is never chosen comes back with training.balance_in_loss=true; else take the part out of the model.</source>
        <translation>Yaptıkları kaybı hiç etkilemiyor, bu yüzden başladıkları gibi kalıyorlar. Hiç seçilmeyen bir uzman training.balance_in_loss=true ile geri gelir; değilse parçayı modelden çıkarın.</translation>
    </message>
    <message>
        <source>No gradient ever reaches %1.</source>
        <translation>Şunlara hiçbir zaman gradyan ulaşmaz: %1.</translation>
    </message>
    <message>
        <source>The model is defined so: it writes its memory and ends its introspection outside what is learnt. To spare these parameters set model.use_memory=false or model.use_introspection=false.</source>
        <translation>Model böyle tanımlı: belleğine yazması ve iç gözlemini bitirmesi öğrenilenin dışında kalır. Bu parametrelerden tasarruf için model.use_memory=false ya da model.use_introspection=false yapın.</translation>
    </message>
    <message>
        <source>every parameter learns</source>
        <translation>her parametre öğreniyor</translation>
    </message>
    <message>
        <source>no leak</source>
        <translation>sızıntı yok</translation>
    </message>
    <message>
        <source>What the model predicts at a position moves when what follows it is changed, by %1 times the spread of its outputs.</source>
        <translation>Modelin bir konumdaki tahmini, o konumdan sonrası değişince oynuyor: çıktılarının yayılımının %1 katı kadar.</translation>
    </message>
    <message>
        <source>What the model predicts at a position moves when what follows it is changed, by %1 times the spread of its outputs. What lets it through: %2.</source>
        <translation>Modelin bir konumdaki tahmini, o konumdan sonrası değişince oynuyor: çıktılarının yayılımının %1 katı kadar. Bunu geçiren: %2.</translation>
    </message>
    <message>
        <source>The model can copy the byte it is asked for, although model.causal is true: that is a defect of the part named. Take it out, and report it.</source>
        <translation>Model, model.causal açık olduğu hâlde kendisinden istenen baytı kopyalayabiliyor: bu, adı verilen parçanın bir hatası. Parçayı çıkarın ve hatayı bildirin.</translation>
    </message>
    <message>
        <source>The model can copy the byte it is asked for, so its loss says little about what it has learnt. Set model.causal=true.</source>
        <translation>Model kendisinden istenen baytı kopyalayabiliyor; kaybı, ne öğrendiği hakkında pek bir şey söylemez. model.causal=true yapın.</translation>
    </message>
    <message>
        <source>The first loss is %1; a model that knows nothing begins near ln %2 = %3.</source>
        <translation>İlk kayıp %1; hiçbir şey bilmeyen bir model ln %2 = %3 dolayında başlar.</translation>
    </message>
    <message>
        <source>It begins surer than it can be, and its first steps only undo that. Raise training.warmup_steps, and look at the text: is it what model.vocab_size and data.encoding say?</source>
        <translation>Olabileceğinden daha emin başlıyor, ilk adımları yalnızca bunu geri alıyor. training.warmup_steps değerini yükseltin ve metne bakın: model.vocab_size ile data.encoding neyse metin de o mu?</translation>
    </message>
    <message>
        <source>It cannot know that much. Look at the text for one byte over and over, and whether the model sees what it is asked for.</source>
        <translation>Bu kadarını bilemez. Metinde hep aynı bayt mı geçiyor, model kendisinden isteneni görüyor mu, bakın.</translation>
    </message>
    <message>
        <source>every setting in effect</source>
        <translation>her ayar etkili</translation>
    </message>
    <message>
        <source>%1 is declared as %2; %3 is applied.</source>
        <translation>%1 için %2 bildirilmiş; uygulanan %3.</translation>
    </message>
    <message>
        <source>The run is not what its settings say. Declare what is applied, or change what keeps the setting from being applied.</source>
        <translation>Koşu, ayarlarının söylediği koşu değil. Uygulananı bildirin ya da ayarın uygulanmasını engelleyeni değiştirin.</translation>
    </message>
    <message>
        <source>%1 is %2, but %3 is %4.</source>
        <translation>%1 değeri %2, ama %3 değeri %4.</translation>
    </message>
    <message>
        <source>So it does nothing. Set %1=%2, or leave %3 out.</source>
        <translation>Bu yüzden hiçbir etkisi yok. %1=%2 yapın ya da %3 ayarını çıkarın.</translation>
    </message>
    <message>
        <source>No expert is of the kind language, but there are settings for it: %1.</source>
        <translation>language türünde uzman yok, ama onun için ayarlar var: %1.</translation>
    </message>
    <message>
        <source>They do nothing. Add language to model.expert_types, or leave them out.</source>
        <translation>Hiçbir etkileri yok. model.expert_types listesine language ekleyin ya da bu ayarları çıkarın.</translation>
    </message>
    <message>
        <source>language.path and language.stand_in are both given.</source>
        <translation>language.path ve language.stand_in birlikte verilmiş.</translation>
    </message>
    <message>
        <source>The weights of language.path are used and the stand-in is not. Leave one of the two empty.</source>
        <translation>language.path ağırlıkları kullanılır, vekil kullanılmaz. İkisinden birini boş bırakın.</translation>
    </message>
    <message>
        <source>training.eval_interval is %1, but there is no text to validate on.</source>
        <translation>training.eval_interval %1, ama doğrulanacak metin yok.</translation>
    </message>
    <message>
        <source>There will be no validation loss. Raise data.val_fraction or set data.val_path.</source>
        <translation>Doğrulama kaybı olmayacak. data.val_fraction değerini yükseltin ya da data.val_path verin.</translation>
    </message>
    <message>
        <source>%1 is %2, but the validation text comes from data.val_path.</source>
        <translation>%1 değeri %2, ama doğrulama metni data.val_path ile geliyor.</translation>
    </message>
    <message>
        <source>So %1 does nothing. Leave it out, or leave data.val_path empty.</source>
        <translation>Bu yüzden %1 hiçbir şey yapmaz. Bu ayarı çıkarın ya da data.val_path ayarını boş bırakın.</translation>
    </message>
    <message>
        <source>The warm-up takes %1 steps, the whole run %2.</source>
        <translation>Isınma %1 adım, koşunun tamamı %2 adım.</translation>
    </message>
    <message>
        <source>The learning rate stays below the %1 that is declared. Raise training.max_steps or lower training.warmup_steps.</source>
        <translation>Öğrenme oranı bildirilen %1 değerinin altında kalır. training.max_steps değerini yükseltin ya da training.warmup_steps değerini düşürün.</translation>
    </message>
    <message>
        <source>Sees what follows</source>
        <translation>Sonrasını görüyor</translation>
    </message>
    <message>
        <source>Repeated text</source>
        <translation>Yinelenen metin</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>Dolgu</translation>
    </message>
    <message>
        <source>Validation is in the training text</source>
        <translation>Doğrulama eğitim metninin içinde</translation>
    </message>
    <message>
        <source>Letters that collide</source>
        <translation>Çakışan harfler</translation>
    </message>
    <message>
        <source>Loss against what is possible</source>
        <translation>Olabileceğe göre kayıp</translation>
    </message>
    <message>
        <source>Parameters that do not learn</source>
        <translation>Öğrenmeyen parametreler</translation>
    </message>
    <message>
        <source>First loss</source>
        <translation>İlk kayıp</translation>
    </message>
    <message>
        <source>Settings without effect</source>
        <translation>Etkisiz ayarlar</translation>
    </message>
    <message>
        <source>The language model is not counted: neither language.path nor language.stand_in says what it is.</source>
        <translation>Dil modeli sayılmadı: ne language.path ne de language.stand_in onun ne olduğunu söylüyor.</translation>
    </message>
    <message>
        <source>Counted in float32: mixed precision (training.use_amp) needs CUDA.</source>
        <translation>float32 ile sayıldı: karma hassasiyet (training.use_amp) için CUDA gerekir.</translation>
    </message>
    <message>
        <source>The settings of the model cannot be counted as they are.</source>
        <translation>Modelin ayarları bu hâliyle sayılamıyor.</translation>
    </message>
    <message>
        <source>This machine has no device %1 whose memory could be compared.</source>
        <translation>Bu makinede belleği karşılaştırılabilecek bir %1 aygıtı yok.</translation>
    </message>
    <message>
        <source>Nabız trains on text alone: model.use_multimodal can only be false.</source>
        <translation>Nabız yalnızca metinle eğitir: model.use_multimodal yalnızca false olabilir.</translation>
    </message>
    <message>
        <source>%1: %2 cannot be %3. Take the config.json that was published with the weights.</source>
        <translation>%1: %2 değeri %3 olamaz. Ağırlıklarla birlikte yayımlanan config.json dosyasını alın.</translation>
    </message>
    <message>
        <source>%1 has no %2. Take the config.json that was published with the weights.</source>
        <translation>%1 içinde %2 yok. Ağırlıklarla birlikte yayımlanan config.json dosyasını alın.</translation>
    </message>
    <message>
        <source>%1 is of a model “%2”; Nabız reads llama, qwen2 and qwen3: set language.path to such a model&apos;s folder.</source>
        <translation>%1 bir “%2” modelinin; Nabız llama, qwen2 ve qwen3 okur: language.path için böyle bir modelin klasörünü verin.</translation>
    </message>
    <message>
        <source>%1: num_key_value_heads (%2) must divide num_attention_heads (%3) without remainder.</source>
        <translation>%1: num_key_value_heads (%2), num_attention_heads (%3) değerini kalansız bölmeli.</translation>
    </message>
    <message>
        <source>%1 has no head_dim, and num_attention_heads (%2) does not divide hidden_size (%3).</source>
        <translation>%1 içinde head_dim yok ve num_attention_heads (%2), hidden_size (%3) değerini bölmüyor.</translation>
    </message>
    <message>
        <source>%1: head_dim must be even, and is %2.</source>
        <translation>%1: head_dim çift olmalı; verilen: %2.</translation>
    </message>
    <message>
        <source>%1: the rotation %2 %3 is not one that Nabız computes (default, llama3): set language.path to another model.</source>
        <translation>%1: %2 %3 döndürmesi Nabız&apos;ın hesapladıklarından (default, llama3) değil: language.path için başka bir model verin.</translation>
    </message>
    <message>
        <source>%1 asks for attention in a sliding window, which Nabız does not compute: set language.path to another model.</source>
        <translation>%1 kayan pencereli dikkat istiyor; Nabız bunu hesaplamaz: language.path için başka bir model verin.</translation>
    </message>
    <message>
        <source>%1 cannot be read: set language.path to the folder that holds the model&apos;s config.json and its safetensors.</source>
        <translation>%1 okunamıyor: language.path için modelin config.json ve safetensors dosyalarının bulunduğu klasörü verin.</translation>
    </message>
    <message>
        <source>%1 is no description of a model: it is not a JSON object.</source>
        <translation>%1 bir model tanımı değil: JSON nesnesi değil.</translation>
    </message>
    <message>
        <source>%1 is no JSON: %2</source>
        <translation>%1 JSON değil: %2</translation>
    </message>
    <message>
        <source>%1: the shard “%2” of %3 is no file beside it.</source>
        <translation>%1: %3 için verilen “%2” parçası yanındaki bir dosya değil.</translation>
    </message>
    <message>
        <source>%1 is no index of safetensors: %2</source>
        <translation>%1 bir safetensors dizini değil: %2</translation>
    </message>
    <message>
        <source>%1 holds no %2 and no %3: set language.path to the folder with the model&apos;s weights.</source>
        <translation>%1 içinde ne %2 ne de %3 var: language.path için modelin ağırlıklarının bulunduğu klasörü verin.</translation>
    </message>
    <message>
        <source>%1 names files that are not there: %2. Fetch them too.</source>
        <translation>%1 orada olmayan dosyaları sayıyor: %2. Onları da indirin.</translation>
    </message>
    <message>
        <source>The weights in %1 are not those of its config.json, in %2 tensors: %3.</source>
        <translation>%1 klasöründeki ağırlıklar config.json ile uyuşmuyor, %2 tensörde: %3.</translation>
    </message>
    <message>
        <source>The weights %1 in %2 hold NaN or infinite numbers: fetch the file again.</source>
        <translation>%2 dosyasındaki %1 ağırlıkları NaN ya da sonsuz sayılar içeriyor: dosyayı yeniden indirin.</translation>
    </message>
    <message>
        <source>The loss has been NaN or infinite since batch %1; it began in the gradient of the step before it: lower training.learning_rate or raise training.warmup_steps.</source>
        <translation>Kayıp, batch %1 itibarıyla NaN ya da sonsuz; bir önceki adımın gradyanında başladı: training.learning_rate değerini düşürün ya da training.warmup_steps değerini yükseltin.</translation>
    </message>
    <message>
        <source>The loss has been NaN or infinite since batch %1; every part of the model still gave numbers: lower training.learning_rate or raise training.warmup_steps.</source>
        <translation>Kayıp, batch %1 itibarıyla NaN ya da sonsuz; modelin her parçası yine de sayı verdi: training.learning_rate değerini düşürün ya da training.warmup_steps değerini yükseltin.</translation>
    </message>
    <message>
        <source>The loss has been NaN or infinite since batch %1; it began in %2: lower training.learning_rate or raise training.warmup_steps.</source>
        <translation>Kayıp, batch %1 itibarıyla NaN ya da sonsuz; başladığı yer %2: training.learning_rate değerini düşürün ya da training.warmup_steps değerini yükseltin.</translation>
    </message>
    <message>
        <source>There is no expert “%1”: model.expert_types takes standard, language, logic, spatial and causal.</source>
        <translation>“%1” diye bir uzman yok: model.expert_types şunları alır: standard, language, logic, spatial ve causal.</translation>
    </message>
    <message>
        <source>The weights in %1 are not those of this model, in %2 tensors: %3. Set the model&apos;s settings as they were when the file was written, or leave model.init empty.</source>
        <translation>%1 dosyasındaki ağırlıklar bu modelin değil, %2 tensörde: %3. Modelin ayarlarını dosya yazılırken nasılsa öyle yapın ya da model.init ayarını boş bırakın.</translation>
    </message>
    <message>
        <source>The weights %1 in %2 hold NaN or infinite numbers: take the file of a run that did not diverge, or leave model.init empty.</source>
        <translation>%2 dosyasındaki %1 ağırlıkları NaN ya da sonsuz sayılar içeriyor: ıraksamamış bir koşunun dosyasını alın ya da model.init ayarını boş bırakın.</translation>
    </message>
    <message>
        <source>The language model is not counted: its sizes are not known.</source>
        <translation>Dil modeli sayılmadı: boyutları bilinmiyor.</translation>
    </message>
    <message>
        <source>no batch, setting or memory known here</source>
        <translation>burada bilinen bir batch, ayar ya da bellek yok</translation>
    </message>
    <message>
        <source>words without figures</source>
        <translation>sayı içermeyen metin</translation>
    </message>
    <message>
        <source>%1 at batch %2</source>
        <translation>%1, batch %2</translation>
    </message>
    <message>
        <source>memory (%1) %2 %3</source>
        <translation>bellek (%1) %2 %3</translation>
    </message>
    <message>
        <source>%1 is not a value of %2</source>
        <translation>%1, %2 için bir değer değil</translation>
    </message>
    <message>
        <source>%1 = %2</source>
        <translation>%1 = %2</translation>
    </message>
    <message>
        <source>several rows, and none is called loss</source>
        <translation>birden çok satır var, hiçbirinin adı loss ya da kayıp değil</translation>
    </message>
    <message>
        <source>no column of the table is called loss</source>
        <translation>tablonun hiçbir sütununun adı loss ya da kayıp değil</translation>
    </message>
    <message>
        <source>%1 at %2 batches</source>
        <translation>%2 batch&apos;te %1</translation>
    </message>
    <message>
        <source>The page is longer than 5 MB. Give the part of it that holds the figures.</source>
        <translation>Sayfa 5 MB&apos;den uzun. İçinden değerlerin bulunduğu bölümü verin.</translation>
    </message>
    <message>
        <source>This is no text in UTF-8. Save the page as text, or copy and paste it.</source>
        <translation>Bu, UTF-8 metin değil. Sayfayı metin olarak kaydedin ya da kopyalayıp yapıştırın.</translation>
    </message>
    <message>
        <source>words of the section %1</source>
        <translation>%1 bölümünün metni</translation>
    </message>
    <message>
        <source>%1 could be a fraction or thousands, and the page does not tell which</source>
        <translation>%1 ondalık da olabilir binlik de; sayfa hangisi olduğunu söylemiyor</translation>
    </message>
    <message>
        <source>%1 is not a number</source>
        <translation>%1 bir sayı değil</translation>
    </message>
    <message>
        <source>%1 is not the number of a batch</source>
        <translation>%1 bir batch numarası değil</translation>
    </message>
    <message>
        <source>%1 at batch %2 has another value in line %3</source>
        <translation>%1, batch %2 için %3. satırda başka bir değerde</translation>
    </message>
    <message>
        <source>%1 has another value in line %2</source>
        <translation>%1, %2. satırda başka bir değerde</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>Duraklatıldı.</translation>
    </message>
    <message>
        <source>Went on.</source>
        <translation>Sürdürüldü.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 okunamıyor: %2. {1 ?} {2?}</translation>
    </message>
    <message>
        <source>A closing parenthesis is missing.</source>
        <translation>Kapanan ayraç eksik.</translation>
    </message>
    <message>
        <source>Something is missing at the end.</source>
        <translation>Sonda bir şey eksik.</translation>
    </message>
    <message>
        <source>The quotation mark is not closed.</source>
        <translation>Tırnak işareti kapanmamış.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; needs something before it.</source>
        <translation>&apos;%1&apos; öncesinde bir şey olmalı.</translation>
    </message>
    <message>
        <source>Go on with &lt;, = or ~, or put &apos;%1&apos; in quotation marks to look for the word.</source>
        <translation>&lt;, = ya da ~ ile sürdürün ya da sözcüğü aramak için &apos;%1&apos; ifadesini tırnağa alın.</translation>
    </message>
    <message>
        <source>What is %1 compared with?</source>
        <translation>%1 neyle karşılaştırılıyor?</translation>
    </message>
    <message>
        <source>What is %1 compared with? Put a text with such signs in quotation marks.</source>
        <translation>%1 neyle karşılaştırılıyor? İçinde böyle imler olan bir metni tırnak içine alın.</translation>
    </message>
    <message>
        <source>%1 is no text, so nothing can be looked for in it with ~.</source>
        <translation>%1 metin değil, bu yüzden ~ ile içinde bir şey aranamaz.</translation>
    </message>
    <message>
        <source>%1 is a list: compare it with =, != or ~.</source>
        <translation>%1 bir liste: =, != ya da ~ ile karşılaştırın.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no time: write one as 2026-05-04, or today.</source>
        <translation>&apos;%1&apos; bir zaman değil: 2026-05-04 gibi ya da today yazın.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is neither true nor false.</source>
        <translation>&apos;%1&apos; ne true ne de false.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no number, and %2 is one.</source>
        <translation>&apos;%1&apos; sayı değil, oysa %2 bir sayı.</translation>
    </message>
    <message>
        <source>%1 is never &apos;%2&apos;.</source>
        <translation>%1 hiçbir zaman &apos;%2&apos; olmaz.</translation>
    </message>
    <message>
        <source>%1 is never &apos;%2&apos;; did you mean %3?</source>
        <translation>%1 hiçbir zaman &apos;%2&apos; olmaz; belki %3?</translation>
    </message>
    <message>
        <source>&apos;%1&apos; may be %2 or %3: write the whole name.</source>
        <translation>&apos;%1&apos; için iki ad var, %2 ve %3: adın tamamını yazın.</translation>
    </message>
    <message>
        <source>There is no &apos;%1&apos; to compare.</source>
        <translation>Karşılaştırılacak bir &apos;%1&apos; yok.</translation>
    </message>
    <message>
        <source>There is no &apos;%1&apos; to compare; did you mean %2?</source>
        <translation>Karşılaştırılacak bir &apos;%1&apos; yok; belki %2?</translation>
    </message>
    <message>
        <source>The filter is too long: %1 characters are the most.</source>
        <translation>Süzgeç çok uzun: en çok %1 karakter olabilir.</translation>
    </message>
    <message>
        <source>No parenthesis is open here.</source>
        <translation>Burada açık bir ayraç yok.</translation>
    </message>
    <message>
        <source>a sentence of the report: its tables hold the figures</source>
        <translation>raporun bir cümlesi: değerler tablolarındadır</translation>
    </message>
    <message>
        <source>a report of several runs: give that of one</source>
        <translation>birkaç koşunun raporu: tek bir koşununkini verin</translation>
    </message>
    <message>
        <source>a line of the report that is no figure of the run</source>
        <translation>raporun, koşunun bir değeri olmayan bir satırı</translation>
    </message>
    <message>
        <source>This machine has run out of memory.</source>
        <translation>Bu makinenin belleği tükendi.</translation>
    </message>
    <message>
        <source>A mistake of the program: %1. Please report it.</source>
        <translation>Programın bir hatası: %1. Lütfen bildirin.</translation>
    </message>
    <message>
        <source>Something failed without saying why. Please report it.</source>
        <translation>Bir şey neden söylemeden başarısız oldu. Lütfen bildirin.</translation>
    </message>
    <message>
        <source>%1 is Nabız&apos;s database, not a page.</source>
        <translation>%1 bir sayfa değil, Nabız&apos;ın veritabanı.</translation>
    </message>
    <message>
        <source>%1: there is no file or folder %2%3.</source>
        <translation>%1: %2 adında bir dosya ya da klasör yok%3.</translation>
    </message>
    <message>
        <source>%1: %2 is the database, not a text.</source>
        <translation>%1: %2 veritabanı, metin değil.</translation>
    </message>
    <message>
        <source>%1 is the database, not a file of weights.</source>
        <translation>%1 veritabanı, ağırlık dosyası değil.</translation>
    </message>
    <message>
        <source>The settings cannot be checked: %1.</source>
        <translation>Ayarlar denetlenemiyor: %1.</translation>
    </message>
    <message>
        <source>%1 is the database: nothing may be written in its place. Name another file.</source>
        <translation>%1 veritabanının kendisi: yerine bir şey yazılamaz. Başka bir dosya adı verin.</translation>
    </message>
    <message>
        <source>%1 belongs to the database %2: nothing may be written in its place. Name another one.</source>
        <translation>%1, %2 veritabanına ait: yerine bir şey yazılamaz. Başka bir ad verin.</translation>
    </message>
    <message>
        <source>%1 has been read: nothing may be written in its place. Name another file.</source>
        <translation>%1 okunan bir dosya: yerine bir şey yazılamaz. Başka bir dosya adı verin.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2. Choose a folder that exists, may be written and has room.</source>
        <translation>%1 yazılamıyor: %2. Var olan, yazılabilen ve yeri olan bir klasör seçin.</translation>
    </message>
    <message>
        <source>%1 is Nabız&apos;s database, not a preset.</source>
        <translation>%1 bir ön ayar değil, Nabız&apos;ın veritabanı.</translation>
    </message>
    <message>
        <source>A character that is not seen stands here: %1. Remove it, or write a plain space.</source>
        <translation>Burada görünmeyen bir karakter var: %1. Silin ya da düz bir boşluk yazın.</translation>
    </message>
    <message>
        <source>In double quotes \ begins an escape, and what follows here is none. Write the text in single quotes, or with / or \\.</source>
        <translation>Çift tırnak içinde \ bir kaçış dizisi başlatır, buradaki ise öyle değil. Metni tek tırnak içine ya da / veya \\ ile yazın.</translation>
    </message>
    <message>
        <source>Left out, as archives that are to be unpacked first: %1</source>
        <translation>Önce açılması gereken arşiv olduğu için dışarıda bırakıldı: %1</translation>
    </message>
    <message>
        <source>Left out, as hidden or macOS&apos;s own: %1</source>
        <translation>Gizli ya da macOS&apos;a ait olduğu için dışarıda bırakıldı: %1</translation>
    </message>
    <message>
        <source>%1 is a tar archive. Unpack it, and set %2 to the folder that then is there.</source>
        <translation>%1 bir tar arşivi. Açın ve %2 değerini ortaya çıkan klasör yapın.</translation>
    </message>
    <message>
        <source>Read from %1: %2</source>
        <translation>%1 klasöründen okunan: %2</translation>
    </message>
    <message>
        <source>The old checkpoint %1 cannot be removed: %2. The new one stands beside it.</source>
        <translation>Eski kontrol noktası %1 silinemiyor: %2. Yenisi yanında duruyor.</translation>
    </message>
    <message>
        <source>The GPU has run out of memory: training held %1 at that moment, %2 of the card were free, and %3 more were asked for. Lower training.batch_size, model.max_seq_len or model.d_model.</source>
        <translation>GPU&apos;nun belleği tükendi: o anda eğitim %1 tutuyordu, kartta %2 boştu ve %3 daha istendi. training.batch_size, model.max_seq_len ya da model.d_model değerini düşürün.</translation>
    </message>
    <message>
        <source>The audit could not be brought to its end: %1</source>
        <translation>Denetim sonuna getirilemedi: %1</translation>
    </message>
    <message>
        <source>The checkpoint of batch %1 could not be written: %2</source>
        <translation>%1. batch&apos;in kontrol noktası yazılamadı: %2</translation>
    </message>
    <message>
        <source>LibTorch can use %1 CUDA devices here, counted from 0.</source>
        <translation>LibTorch burada %1 CUDA aygıtı kullanabiliyor; sayım 0&apos;dan başlar.</translation>
    </message>
    <message>
        <source>This LibTorch is built for the CPU alone; `./run.sh setup` fetches one with CUDA.</source>
        <translation>Bu LibTorch yalnızca CPU için derlenmiş; `./run.sh setup` CUDA&apos;lı olanı getirir.</translation>
    </message>
    <message>
        <source>LibTorch&apos;s library for CUDA cannot be opened: %1</source>
        <translation>LibTorch&apos;un CUDA kitaplığı açılamıyor: %1</translation>
    </message>
    <message>
        <source>LibTorch is built for CUDA, but there is no NVIDIA driver here: libcuda.so.1 is not found.</source>
        <translation>LibTorch CUDA için derlenmiş, ama burada NVIDIA sürücüsü yok: libcuda.so.1 bulunamadı.</translation>
    </message>
    <message>
        <source>LibTorch is built for CUDA and there is an NVIDIA driver (%1), but it shows no GPU: none is there, or CUDA_VISIBLE_DEVICES hides it.</source>
        <translation>LibTorch CUDA için derlenmiş ve bir NVIDIA sürücüsü var (%1), ama sürücü GPU göstermiyor: ya GPU yok ya da CUDA_VISIBLE_DEVICES onu gizliyor.</translation>
    </message>
    <message>
        <source>LibTorch is built for CUDA, but can use none of the %1 GPUs that the NVIDIA driver %2 shows: the driver is too old for this LibTorch, or the GPU is.</source>
        <translation>LibTorch CUDA için derlenmiş, ama %2 sürümlü NVIDIA sürücüsünün gösterdiği %1 GPU arasından hiçbirini kullanamıyor: sürücü ya da GPU bu LibTorch için çok eski.</translation>
    </message>
    <message>
        <source>%1 batches that could not be written at the time were brought in from %2.</source>
        <translation>O sırada yazılamayan %1 batch %2 dosyasından alındı.</translation>
    </message>
    <message>
        <source>%1 stands in a table of settings</source>
        <translation>%1 bir ayar tablosunda duruyor</translation>
    </message>
    <message>
        <source>no column of the table counts batches</source>
        <translation>tablonun hiçbir sütunu batch saymıyor</translation>
    </message>
    <message>
        <source>%1 counts no batches: no column of the table does</source>
        <translation>%1 batch saymıyor: tablonun hiçbir sütunu saymıyor</translation>
    </message>
    <message>
        <source>%1: a mean over the training text, not the batch&apos;s loss</source>
        <translation>%1: eğitim metni üzerinden bir ortalama, batch&apos;in kaybı değil</translation>
    </message>
    <message>
        <source>the count of batches begins anew with epoch %1, and the page does not say how many an epoch has</source>
        <translation>batch sayımı %1. epoch ile baştan başlıyor ve sayfa bir epoch&apos;ta kaç tane olduğunu söylemiyor</translation>
    </message>
    <message>
        <source>%1 is neither an empty folder nor an earlier export: nothing is written there. Name another place.</source>
        <translation>%1 ne boş bir klasör ne de önceki bir dışa aktarım: oraya bir şey yazılmadı. Başka bir yer verin.</translation>
    </message>
    <message>
        <source>The checkpoint is of another model: %1 has another shape or type.</source>
        <translation>Kontrol noktası başka bir modelin: %1 başka biçimde ya da türde.</translation>
    </message>
    <message>
        <source>The checkpoint %1 is of another model: it has %2 tensors, not %3.</source>
        <translation>%1 kontrol noktası başka bir modelin: %3 değil, %2 tensörü var.</translation>
    </message>
    <message>
        <source>The checkpoint %1 is damaged: its %2 is cut, changed or missing.</source>
        <translation>%1 kontrol noktası bozuk: %2 dosyası kesik, değişmiş ya da yok.</translation>
    </message>
    <message>
        <source>The checkpoint %1 is of another run.</source>
        <translation>%1 kontrol noktası başka bir koşunun.</translation>
    </message>
    <message>
        <source>Begun again at batch 0: there is no whole checkpoint.</source>
        <translation>0. batch&apos;ten yeniden başladı: sağlam bir kontrol noktası yok.</translation>
    </message>
    <message>
        <source>Went on behind batch %1, from the checkpoint %2.</source>
        <translation>%1. batch&apos;in ardından, %2 kontrol noktasından sürdü.</translation>
    </message>
    <message>
        <source>From here on %1 is %2; it was %3.</source>
        <translation>Buradan sonra %1 değeri %2; önceden %3 idi.</translation>
    </message>
    <message>
        <source>Went on with --anyway: whether the text is still the same was not looked at.</source>
        <translation>--anyway ile sürdü: metnin hâlâ aynı olup olmadığına bakılmadı.</translation>
    </message>
    <message>
        <source>The checkpoint %1 is of another model: its %2 is %3.</source>
        <translation>%1 kontrol noktası başka bir modelin: %2 değeri %3.</translation>
    </message>
    <message>
        <source>The checkpoint %1 is damaged: its state.json is cut or changed.</source>
        <translation>%1 kontrol noktası bozuk: state.json dosyası kesik ya da değişmiş.</translation>
    </message>
    <message>
        <source>The checkpoint %1 is of version %2, and this Nabız reads version %3.</source>
        <translation>%1 kontrol noktası %2 sürümünde, bu Nabız ise %3 sürümünü okuyor.</translation>
    </message>
    <message>
        <source>The checkpoint %1 is damaged: %2</source>
        <translation>%1 kontrol noktası bozuk: %2</translation>
    </message>
    <message>
        <source>The text is not the one that this run was trained on: %1 was %2 and is %3. Put the text back, or resume with --anyway, which is recorded.</source>
        <translation>Metin, bu koşunun eğitildiği metin değil: %1 önce %2 idi, şimdi %3. Metni eski haline getirin ya da kaydedilen --anyway ile sürdürün.</translation>
    </message>
    <message>
        <source>Stopped by queue.stop_worse_than_median: its validation loss at batch %1, %2, is above the median of the %3 others of its group, %4, for the %5. evaluation in a row.</source>
        <translation>queue.stop_worse_than_median durdurdu: %1. batch&apos;teki doğrulama kaybı %2, üst üste %5. değerlendirmede grubundaki %3 koşunun ortancası olan %4 değerinin üstünde.</translation>
    </message>
    <message>
        <source>It was not started: it would take %1 of memory, and %2 has %3. What would make it less, Configure and nabiz estimate say.</source>
        <translation>Başlatılmadı: %1 bellek isterdi, %2 ise %3 belleğe sahip. Neyin azaltacağını Yapılandır ve nabiz estimate söyler.</translation>
    </message>
    <message>
        <source>queue.stop_worse_than_median is not applied: the run is of no group.</source>
        <translation>queue.stop_worse_than_median uygulanmıyor: koşu hiçbir gruptan değil.</translation>
    </message>
    <message>
        <source>%1 has the value %2 more than once.</source>
        <translation>%1 için %2 değeri birden çok kez verilmiş.</translation>
    </message>
    <message>
        <source>A range is written FIRST..LAST or FIRST..LAST..STEP, as in training.seed=1..3.</source>
        <translation>Aralık İLK..SON ya da İLK..SON..ADIM diye yazılır: training.seed=1..3 gibi.</translation>
    </message>
    <message>
        <source>The range %1 of %2 runs backwards: its first value is the smaller one.</source>
        <translation>%2 için verilen %1 aralığı ters: ilk değer küçük olandır.</translation>
    </message>
    <message>
        <source>A range of %1, which has decimals, needs its step, as in 0.1..0.5..0.1.</source>
        <translation>%1 ondalıklı olduğundan aralığına adım gerekir: 0.1..0.5..0.1 gibi.</translation>
    </message>
    <message>
        <source>The step of a range of %1 is a number above 0 of its kind, not %2.</source>
        <translation>%1 aralığının adımı onun türünden, 0&apos;dan büyük bir sayıdır; %2 değil.</translation>
    </message>
    <message>
        <source>These settings make %1 runs; a grid has %2 at most.</source>
        <translation>Bu ayarlar %1 koşu eder; bir ızgarada en çok %2 olur.</translation>
    </message>
    <message>
        <source>There is no section %1; a preset has model, language, training, data, hardware, queue, and the lines extends and summary.</source>
        <translation>%1 diye bir bölüm yok; bir ön ayarda model, language, training, data, hardware, queue ile extends ve summary satırları olur.</translation>
    </message>
    <message>
        <source>queue.stop_worse_than_median compares validation losses, and training.eval_interval is 0: there are none.</source>
        <translation>queue.stop_worse_than_median doğrulama kayıplarını karşılaştırır, training.eval_interval ise 0: hiç yok.</translation>
    </message>
    <message>
        <source>Do not stop it</source>
        <translation>Durdurma</translation>
    </message>
    <message>
        <source>The disk of %1 has %2 free, and a checkpoint of this run takes about %3: one that does not fit is left out. Free some space.</source>
        <translation>%1 dosyasının diskinde %2 boş yer var; bu koşunun bir kontrol noktası ise yaklaşık %3 tutar: sığmayan kontrol noktası yazılmaz. Yer açın.</translation>
    </message>
    <message>
        <source>No checkpoint %1: it takes %2, and its disk has %3 free, which the points need. Free some space.</source>
        <translation>Kontrol noktası %1 yazılmadı: %2 tutuyor, diskinde %3 boş yer var ve bu yer noktalar için gerekli. Yer açın.</translation>
    </message>
    <message>
        <source>The database %1 was damaged: what this run was called and set to could not be read there, or only in part.</source>
        <translation>%1 veritabanı hasarlıydı: bu koşunun adı ve ayarları orada hiç okunamadı ya da ancak kısmen okunabildi.</translation>
    </message>
    <message>
        <source>The database %1 was damaged: the rows of %2 batches could not be read there. Their numbers and times are estimated from the batches around them.</source>
        <translation>%1 veritabanı hasarlıydı: %2 batch&apos;in satırları orada okunamadı. Numaraları ve zamanları, çevrelerindeki batch&apos;lerden kestirildi.</translation>
    </message>
    <message>
        <source>%1 sends from one address to another without an end.</source>
        <translation>%1 bir adresten ötekine sonu gelmeden yönlendiriyor.</translation>
    </message>
    <message>
        <source>%1 sends to an address that is not followed: “%2”.</source>
        <translation>%1 izlenmeyen bir adrese yönlendiriyor: “%2”.</translation>
    </message>
    <message>
        <source>%1 is not reached through the proxy %2: %3. Set https_proxy to one that leads there (with NAME:PASSWORD@ where it asks for them), or unset it.</source>
        <translation>%1 adresine %2 vekil sunucusuyla ulaşılamıyor: %3. https_proxy için oraya ulaşan bir tane verin (istiyorsa NAME:PASSWORD@ ile) ya da onu kaldırın.</translation>
    </message>
    <message>
        <source>%1 cannot prove who it is: %2. Install the package ca-certificates, or set SSL_CERT_FILE to the certificates of your network.</source>
        <translation>%1 kim olduğunu kanıtlayamıyor: %2. ca-certificates paketini kurun ya da SSL_CERT_FILE ile ağınızın sertifikalarını gösterin.</translation>
    </message>
    <message>
        <source>%1 is not known to the network here (%2). Connect it, or set https_proxy.</source>
        <translation>%1 buradaki ağda bilinmiyor (%2). Ağa bağlanın ya da https_proxy verin.</translation>
    </message>
    <message>
        <source>The connection to %1 failed: %2.</source>
        <translation>%1 bağlantısı kurulamadı: %2.</translation>
    </message>
    <message>
        <source>The hub&apos;s list of files is longer than 64 MB.</source>
        <translation>Deponun dosya listesi 64 MB’tan uzun.</translation>
    </message>
    <message>
        <source>%1 of %2 is not sent as the hub lists it (another size, content or commit); nothing of it is kept. Try again, or set HF_ENDPOINT to another hub.</source>
        <translation>%2 modelinin %1 dosyası deponun listesindeki gibi gelmiyor (boyut, içerik ya da commit başka); hiçbiri saklanmadı. Yeniden deneyin ya da HF_ENDPOINT ile başka bir depo verin.</translation>
    </message>
    <message>
        <source>%1 answers with another commit of %2 than it was asked for.</source>
        <translation>%1, %2 için istenenden başka bir commit ile yanıt veriyor.</translation>
    </message>
    <message>
        <source>%1 says neither size nor hash of %2, so that it could not be checked. Set HF_ENDPOINT to another hub.</source>
        <translation>%1, %2 dosyasının ne boyutunu ne özetini söylüyor; bu yüzden denetlenemez. HF_ENDPOINT ile başka bir depo verin.</translation>
    </message>
    <message>
        <source>The connection to %1 ended before all of %2 was there.</source>
        <translation>%1 bağlantısı %2 bütünüyle gelmeden kesildi.</translation>
    </message>
    <message>
        <source>%1 is busy and asks for %2 s of patience.</source>
        <translation>%1 meşgul, %2 s beklenmesini istiyor.</translation>
    </message>
    <message>
        <source>%1 holds no %2, which Nabız reads weights from: choose a model that has it.</source>
        <translation>%1 içinde Nabız’ın ağırlıkları okuduğu %2 yok: onu içeren bir model seçin.</translation>
    </message>
    <message>
        <source>%1 does not answer as a hub does: is it one? Set HF_ENDPOINT to another.</source>
        <translation>%1 bir depo gibi yanıt vermiyor: gerçekten depo mu? HF_ENDPOINT ile başkasını verin.</translation>
    </message>
    <message>
        <source>%1 is no index of safetensors.</source>
        <translation>%1 bir safetensors dizini değil.</translation>
    </message>
    <message>
        <source>%1 does not give %2 to everyone (%3), or has no such model: see %4, accept its terms there and set HF_TOKEN to a token of your account.</source>
        <translation>%1, %2 modelini herkese vermiyor (%3) ya da böyle bir model yok: %4 sayfasına bakın, koşullarını kabul edin ve HF_TOKEN için hesabınızın bir belirtecini verin.</translation>
    </message>
    <message>
        <source>%1 does not give %2 to this token (%3): accept the terms at %4 with the account of the token, or set HF_TOKEN to one that may read it.</source>
        <translation>%1, %2 modelini bu belirtece vermiyor (%3): belirtecin hesabıyla %4 sayfasındaki koşulları kabul edin ya da HF_TOKEN için onu okuyabilen bir tane verin.</translation>
    </message>
    <message>
        <source>%1 has no revision %2; %3/tree/main shows those that there are.</source>
        <translation>%1 modelinin %2 sürümü yok; var olanları %3/tree/main gösterir.</translation>
    </message>
    <message>
        <source>There is no %1 at %2 (404): write model and revision as its page does, such as Qwen/Qwen3-0.6B.</source>
        <translation>%2 üzerinde %1 yok (404): modeli ve sürümü sayfasındaki gibi yazın, örneğin Qwen/Qwen3-0.6B.</translation>
    </message>
    <message>
        <source>The proxy on the way to %1 asks who you are (407): set https_proxy to http://NAME:PASSWORD@HOST:PORT.</source>
        <translation>%1 yolundaki vekil sunucu kim olduğunuzu soruyor (407): https_proxy için http://NAME:PASSWORD@HOST:PORT verin.</translation>
    </message>
    <message>
        <source>%1 was asked too often from here (429) and wants %2 s of patience: try again then, or with HF_TOKEN set.</source>
        <translation>%1 adresine buradan çok sık soruldu (429), %2 s beklenmesini istiyor: o zaman ya da HF_TOKEN vererek yeniden deneyin.</translation>
    </message>
    <message>
        <source>%1 answers %2. Try again later: what is there by now is kept, and gone on from.</source>
        <translation>%1 yanıtı: %2. Daha sonra yeniden deneyin: şimdiye dek gelen saklanır, oradan sürdürülür.</translation>
    </message>
    <message>
        <source>%1 is no address of a hub: write it as https://huggingface.co.</source>
        <translation>%1 bir depo adresi değil: https://huggingface.co gibi yazın.</translation>
    </message>
    <message>
        <source>%1 holds a user or a password: leave them out, and set HF_TOKEN.</source>
        <translation>%1 bir kullanıcı ya da parola içeriyor: onları yazmayın, HF_TOKEN verin.</translation>
    </message>
    <message>
        <source>%1 holds no token: a token is one word, such as hf_…</source>
        <translation>%1 bir belirteç içermiyor: belirteç tek sözcüktür, örneğin hf_…</translation>
    </message>
    <message>
        <source>%1 leads to a content that is not there.</source>
        <translation>%1 var olmayan bir içeriğe gidiyor.</translation>
    </message>
    <message>
        <source>%1 is not what the hub gave: its hash is %2. Remove it and what it links to, and fetch it again.</source>
        <translation>%1 deponun verdiği değil: özeti %2. Onu ve bağlandığı dosyayı silip yeniden indirin.</translation>
    </message>
    <message>
        <source>%1 names the file %2, which the hub does not list: choose another revision.</source>
        <translation>%1, deponun listelemediği %2 dosyasını anıyor: başka bir sürüm seçin.</translation>
    </message>
    <message>
        <source>Another program fetches %1; it is waited for.</source>
        <translation>Başka bir program %1 dosyasını indiriyor; bekleniyor.</translation>
    </message>
    <message>
        <source>%1 of %2 came with other content than the hub lists (hash %3 instead of %4); nothing of it is kept. Try again, or set HF_ENDPOINT to another hub.</source>
        <translation>%2 modelinin %1 dosyası deponun listelediğinden başka içerikle geldi (özet %4 yerine %3); hiçbiri saklanmadı. Yeniden deneyin ya da HF_ENDPOINT ile başka bir depo verin.</translation>
    </message>
    <message>
        <source>%1 cannot be fetched while HF_HUB_OFFLINE is set: unset it, or take what the cache has (nabiz weights list).</source>
        <translation>HF_HUB_OFFLINE verilmişken %1 indirilemez: onu kaldırın ya da önbellektekini kullanın (nabiz weights list).</translation>
    </message>
    <message>
        <source>%1 is not whole in the cache, and HF_HUB_OFFLINE is set: %2</source>
        <translation>%1 önbellekte bütün değil ve HF_HUB_OFFLINE verilmiş: %2</translation>
    </message>
    <message>
        <source>There is no home folder for the cache: set HF_HOME, or give --to DIR.</source>
        <translation>Önbellek için ev klasörü yok: HF_HOME ya da --to DIR verin.</translation>
    </message>
    <message>
        <source>Only a part of it has been fetched.</source>
        <translation>Yalnızca bir bölümü indirilmiş.</translation>
    </message>
    <message>
        <source>%1 could not be written: %2. Choose another place with HF_HUB_CACHE or --to.</source>
        <translation>%1 yazılamadı: %2. HF_HUB_CACHE ya da --to ile başka bir yer seçin.</translation>
    </message>
    <message>
        <source>%1 is there and is another file than the hub&apos;s: move it away, or name another folder.</source>
        <translation>%1 var ve deponunkinden başka bir dosya: onu taşıyın ya da başka bir klasör verin.</translation>
    </message>
    <message>
        <source>%1 could not be written: %2. What was there of it is removed. Make room, or choose another place with HF_HUB_CACHE or --to.</source>
        <translation>%1 yazılamadı: %2. Ondan gelmiş olan silindi. Yer açın ya da HF_HUB_CACHE ya da --to ile başka bir yer seçin.</translation>
    </message>
    <message>
        <source>This system cannot convert texts from %1: convert them to UTF-8 elsewhere.</source>
        <translation>Bu sistem %1 metinlerini dönüştüremiyor: onları başka yerde UTF-8’e dönüştürün.</translation>
    </message>
    <message>
        <source>%1 is not %2: its byte %3 begins nothing that this has. Set data.charset to another, or to as_is.</source>
        <translation>%1, %2 değil: %3. baytı onda bulunmayan bir şeyle başlıyor. data.charset için başkasını ya da as_is verin.</translation>
    </message>
    <message>
        <source>%1 holds no JSON object with a text on any line, as a .jsonl file does: give another file, or rename it to .txt to train on it as it is.</source>
        <translation>%1 dosyasının hiçbir satırında, .jsonl dosyalarında olduğu gibi metinli bir JSON nesnesi yok: başka bir dosya verin ya da olduğu gibi kullanmak için adını .txt yapın.</translation>
    </message>
    <message>
        <source>%1 holds no text under the field %2; there are %3. Set data.jsonl_field to one of them.</source>
        <translation>%1 içinde %2 alanında metin yok; olan alanlar: %3. data.jsonl_field için bunlardan birini verin.</translation>
    </message>
    <message>
        <source>%1: %2 of %3 lines are no JSON object with a text under %4, and are left out.</source>
        <translation>%1: %3 satırdan %2 tanesi %4 alanında metni olan bir JSON nesnesi değil, dışarıda bırakıldı.</translation>
    </message>
    <message>
        <source>%1 is a Git LFS pointer, not the file that it stands for: fetch that with `git lfs pull`, or the weights with `nabiz weights get`.</source>
        <translation>%1 bir Git LFS işaretçisi, yerine durduğu dosya değil: onu `git lfs pull` ile ya da ağırlıkları `nabiz weights get` ile indirin.</translation>
    </message>
    <message>
        <source>Not UTF-8 but %1, whose bytes would be learnt as they are, other than those of the same letters elsewhere: %2. Set data.charset=auto to convert it.</source>
        <translation>UTF-8 değil, %1; baytları olduğu gibi, aynı harflerin başka yerdekilerinden ayrı öğrenilir: %2. Dönüştürmek için data.charset=auto verin.</translation>
    </message>
    <message>
        <source>Converted from %1 to UTF-8: %2</source>
        <translation>%1 kodlamasından UTF-8’e dönüştürüldü: %2</translation>
    </message>
    <message>
        <source>The folder %1 holds Parquet tables and no text. Write their text column to a .jsonl or .txt file, and set %2 to that.</source>
        <translation>%1 klasöründe Parquet tabloları var, metin yok. Metin sütunlarını bir .jsonl ya da .txt dosyasına yazın ve %2 için onu verin.</translation>
    </message>
    <message>
        <source>The folder %1 holds no .txt, .gz, .jsonl or .md file. Set %2 to a folder that does, or to one file.</source>
        <translation>%1 klasöründe .txt, .gz, .jsonl ya da .md dosyası yok. %2 için içinde olan bir klasör ya da tek bir dosya verin.</translation>
    </message>
    <message>
        <source>%1 is a Parquet table, not a text. Write its text column to a .jsonl or .txt file, and set %2 to that.</source>
        <translation>%1 bir Parquet tablosu, metin değil. Metin sütununu bir .jsonl ya da .txt dosyasına yazın ve %2 için onu verin.</translation>
    </message>
    <message>
        <source>Left out, as folders of checkpoints: %1</source>
        <translation>Kontrol noktası klasörleri oldukları için dışarıda: %1</translation>
    </message>
    <message>
        <source>Left out, as Parquet tables, whose text is to be written to .jsonl first: %1</source>
        <translation>Parquet tabloları oldukları için dışarıda (metinleri önce .jsonl olarak yazılmalı): %1</translation>
    </message>
    <message>
        <source>Left out, as the folder is read for another kind; name one of them to read it: %1</source>
        <translation>Klasör başka bir tür için okunduğundan dışarıda; okumak için birini adıyla verin: %1</translation>
    </message>
    <message>
        <source>Left out, as neither .txt, .gz, .jsonl nor .md: %1</source>
        <translation>.txt, .gz, .jsonl ya da .md olmadıkları için dışarıda: %1</translation>
    </message>
    <message>
        <source>Left out, as links that lead nowhere: %1</source>
        <translation>Hiçbir yere gitmeyen bağlantılar oldukları için dışarıda: %1</translation>
    </message>
    <message>
        <source>Left out, as no regular files: %1</source>
        <translation>Olağan dosya olmadıkları için dışarıda: %1</translation>
    </message>
    <message>
        <source>%1 has both rope_parameters and rope_scaling, and they do not agree on rope_theta: take the config.json that was published with the weights.</source>
        <translation>%1 hem rope_parameters hem rope_scaling içeriyor ve rope_theta konusunda uyuşmuyorlar: ağırlıklarla yayımlanan config.json dosyasını alın.</translation>
    </message>
    <message>
        <source>The weights %1 are not in the cache %2: fetch them with `nabiz weights get %1`.</source>
        <translation>%1 ağırlıkları %2 önbelleğinde yok: `nabiz weights get %1` ile indirin.</translation>
    </message>
    <message>
        <source>The weights %1 are not whole in the cache: fetch the rest with `nabiz weights get %1`. (%2)</source>
        <translation>%1 ağırlıkları önbellekte bütün değil: kalanını `nabiz weights get %1` ile indirin. (%2)</translation>
    </message>
    <message>
        <source>%1 tensors of the weights are not used: they are of further layers, and config.json (num_hidden_layers) counts %2.</source>
        <translation>Ağırlıkların %1 tensörü kullanılmıyor: daha sonraki katmanlarınki, config.json (num_hidden_layers) ise %2 katman sayıyor.</translation>
    </message>
    <message>
        <source>Convert to UTF-8</source>
        <translation>UTF-8’e dönüştür</translation>
    </message>
    <message>
        <source>There are no language weights: set language.path=Qwen/Qwen3-0.6B, which `nabiz weights get Qwen/Qwen3-0.6B` fetches, or use a stand-in: its weights are random, but memory and speed are real.</source>
        <translation>Dil ağırlıkları yok: `nabiz weights get Qwen/Qwen3-0.6B` ile inen language.path=Qwen/Qwen3-0.6B verin ya da bir vekil kullanın: ağırlıkları rastgeledir, ama bellek ve hız gerçektir.</translation>
    </message>
    <message>
        <source>There is no text to train on: data.train_path takes a file, a folder of .txt, .gz, .jsonl or .md files, or generated:turkish.</source>
        <translation>Eğitilecek metin yok: data.train_path bir dosya, .txt, .gz, .jsonl ya da .md dosyalarından bir klasör ya da generated:turkish alır.</translation>
    </message>
    <message>
        <source>Run %1 cannot go on: it was begun, put in the trash or deleted meanwhile.</source>
        <translation>%1 numaralı koşu sürdürülemez: bu arada başlatılmış, çöpe atılmış ya da silinmiş.</translation>
    </message>
    <message>
        <source>%1 was not written by nabiz export: it stays as it is. Name another place.</source>
        <translation>%1 nabiz export tarafından yazılmamış: olduğu gibi kalır. Başka bir yer verin.</translation>
    </message>
    <message>
        <source>Run %1 &apos;%2&apos; is a reference: its figures were published, and there is nothing to go on from.</source>
        <translation>%1 numaralı koşu &apos;%2&apos; bir referans: rakamları yayımlanmış, sürdürülecek bir şey yok.</translation>
    </message>
    <message>
        <source>Run %1 &apos;%2&apos; was imported from %3: the program that trained it can go on with it.</source>
        <translation>%1 numaralı koşu &apos;%2&apos; %3 kaynağından içe aktarılmış: onu eğiten program sürdürebilir.</translation>
    </message>
    <message>
        <source>Run %1 &apos;%2&apos; is in the trash; restore it first.</source>
        <translation>%1 numaralı koşu &apos;%2&apos; çöpte; önce geri getirin.</translation>
    </message>
    <message>
        <source>Run %1 &apos;%2&apos; is %3; a run goes on when it has ended.</source>
        <translation>%1 numaralı koşunun (&apos;%2&apos;) durumu: %3. Bir koşu bittikten sonra sürdürülür.</translation>
    </message>
    <message>
        <source>%1 cannot change when a run goes on: it is %2, and what was trained depends on it. Train anew for another one.</source>
        <translation>Bir koşu sürdürülürken %1 değişemez: değeri %2 ve eğitilen buna bağlı. Başka bir değer için yeniden eğitin.</translation>
    </message>
    <message>
        <source>Run %1 &apos;%2&apos; has trained %3 batches of %4; to go on, give it more: training.max_steps=%5</source>
        <translation>%1 numaralı koşu &apos;%2&apos; %4 batch&apos;in %3 kadarını eğitti; sürdürmek için daha fazlasını verin: training.max_steps=%5</translation>
    </message>
    <message>
        <source>With another batch size the validation loss is over other texts, and the lowest one counts anew.</source>
        <translation>Başka bir batch boyutuyla doğrulama kaybı başka metinler üzerindendir; en düşüğü yeniden sayılır.</translation>
    </message>
    <message>
        <source>Run %1 has just been deleted.</source>
        <translation>%1 numaralı koşu az önce silindi.</translation>
    </message>
    <message>
        <source>Ended early: %1 evaluations without a validation loss lower than %2, of batch %3.</source>
        <translation>Erken bitti: %1 değerlendirmede %2 değerinden (batch %3) daha düşük bir doğrulama kaybı çıkmadı.</translation>
    </message>
    <message>
        <source>The ranks cannot be started: %1</source>
        <translation>Süreçler başlatılamıyor: %1</translation>
    </message>
    <message>
        <source>Rank %1 has ended before the training began (%2); it says why above.</source>
        <translation>Süreç %1, eğitim başlamadan sona erdi (%2); nedenini yukarıda söylüyor.</translation>
    </message>
    <message>
        <source>The ranks have lost each other: %1</source>
        <translation>Süreçler birbirini yitirdi: %1</translation>
    </message>
    <message>
        <source>Of the %1 ranks, %2 is gone or stands still, and without it the training cannot go on: begin it anew, or resume the run from its last checkpoint.</source>
        <translation>%1 süreçten %2 yok olmuş ya da donmuş; onsuz eğitim süremez: yeniden başlatın ya da koşuyu son kontrol noktasından sürdürün.</translation>
    </message>
    <message>
        <source>Rank %1 cannot reach the others from %2: %3. GLOO_SOCKET_IFNAME names the interface to use.</source>
        <translation>Süreç %1, %2 adresinden ötekilere ulaşamıyor: %3. Kullanılacak arayüzü GLOO_SOCKET_IFNAME belirler.</translation>
    </message>
    <message>
        <source>The host of rank 0, &apos;%1&apos;, cannot be found (%2): set MASTER_ADDR to a name or an address that every host knows.</source>
        <translation>0. sürecin bilgisayarı &apos;%1&apos; bulunamıyor (%2): MASTER_ADDR, her bilgisayarın bildiği bir ad ya da adres olmalı.</translation>
    </message>
    <message>
        <source>Port %1 is in use: another training, or another program, listens there. Set MASTER_PORT to a free one on every rank.</source>
        <translation>%1 numaralı bağlantı noktası kullanımda: orada başka bir eğitim ya da başka bir program dinliyor. MASTER_PORT&apos;u her süreçte boş bir numara yapın.</translation>
    </message>
    <message>
        <source>Rank 0 cannot listen at %1: %2. MASTER_ADDR must be an address of its host.</source>
        <translation>Süreç 0, %1 adresinde dinleyemiyor: %2. MASTER_ADDR onun bilgisayarının bir adresi olmalı.</translation>
    </message>
    <message>
        <source>Rank %1 has found nobody at %2 for %3 s: was rank 0 started, and does a firewall let this host through?</source>
        <translation>Süreç %1, %2 adresinde %3 sn boyunca kimseyi bulamadı: süreç 0 başlatıldı mı, güvenlik duvarı bu bilgisayara izin veriyor mu?</translation>
    </message>
    <message>
        <source>This LibTorch has no part for several ranks: build with the one that ./run.sh setup installs, or train with hardware.ranks=1.</source>
        <translation>Bu LibTorch&apos;ta birden çok süreç için bölüm yok: ./run.sh setup&apos;ın kurduğuyla derleyin ya da hardware.ranks=1 ile eğitin.</translation>
    </message>
    <message>
        <source>Rank %1 is not of the same training as rank 0: %2 is %3 there, and %4 on rank 0. Every rank takes the same preset, text, program and LibTorch.</source>
        <translation>Süreç %1, süreç 0 ile aynı eğitimden değil: %2 orada %3, süreç 0&apos;da %4. Her süreç aynı ön ayarı, metni, programı ve LibTorch&apos;u kullanır.</translation>
    </message>
    <message>
        <source>Rank %1 is not of the same training as rank 0.</source>
        <translation>Süreç %1, süreç 0 ile aynı eğitimden değil.</translation>
    </message>
    <message>
        <source>Rank 0, or its launcher, is no longer at %1: the training has ended there.</source>
        <translation>Süreç 0 ya da onu başlatan artık %1 adresinde değil: eğitim orada sona ermiş.</translation>
    </message>
    <message>
        <source>What listens at %1 is no rank 0 of a training: %2</source>
        <translation>%1 adresinde dinleyen, bir eğitimin 0. süreci değil: %2</translation>
    </message>
    <message>
        <source>Two processes at %1 are rank %2: give each its own RANK, and each training its own MASTER_PORT.</source>
        <translation>%1 adresinde %2 numaralı iki süreç var: her birine kendi RANK&apos;ını, her eğitime kendi MASTER_PORT&apos;unu verin.</translation>
    </message>
    <message>
        <source>Rank %1 has not come to %2 within %3 s: was it started there, and does it reach this host?</source>
        <translation>Süreç %1, %2 adresine %3 sn içinde gelmedi: orada başlatıldı mı, bu bilgisayara ulaşabiliyor mu?</translation>
    </message>
    <message>
        <source>WORLD_SIZE is %1 on rank %2 and %3 on rank %4: it is the same on all.</source>
        <translation>WORLD_SIZE süreç %2 için %1, süreç %4 için %3: hepsinde aynı olmalı.</translation>
    </message>
    <message>
        <source>Rank %1 has said nothing for %2 s: it is gone, or stands still.</source>
        <translation>Süreç %1, %2 sn boyunca bir şey söylemedi: yok olmuş ya da donmuş.</translation>
    </message>
    <message>
        <source>%1 is &apos;%2&apos;; it takes a whole number from %3 to %4.</source>
        <translation>%1 &apos;%2&apos;; %3 ile %4 arasında bir tam sayı olmalı.</translation>
    </message>
    <message>
        <source>WORLD_SIZE is %1, but RANK, MASTER_ADDR or MASTER_PORT is not set: start it by torchrun, or unset WORLD_SIZE.</source>
        <translation>WORLD_SIZE %1, ama RANK, MASTER_ADDR ya da MASTER_PORT verilmemiş: torchrun ile başlatın ya da WORLD_SIZE&apos;ı kaldırın.</translation>
    </message>
    <message>
        <source>Counted for one of %1 ranks: %2 samples of each batch, and %3 MB of buckets in which gradients travel.</source>
        <translation>%1 süreçten biri için hesaplandı: her batch&apos;in %2 örneği ve gradyanların taşındığı %3 MB&apos;lık kovalar.</translation>
    </message>
    <message>
        <source>training.batch_size (%1) is shared by %2 ranks, each with as many samples: it must be a multiple of their number.</source>
        <translation>training.batch_size (%1), %2 süreç arasında eşit paylaşılır: süreç sayısının katı olmalı.</translation>
    </message>
    <message>
        <source>Several ranks train on CPUs: on CUDA they would speak by NCCL, which this build does not have.</source>
        <translation>Birden çok süreç CPU&apos;da eğitir: CUDA&apos;da NCCL ile konuşurlardı, o da bu derlemede yok.</translation>
    </message>
    <message>
        <source>%1 of the %2 runs cannot start. The first: %3</source>
        <translation>%2 koşunun %1 tanesi başlayamaz. İlki: %3</translation>
    </message>
    <message>
        <source>The state of %1 is not noted: %2</source>
        <translation>%1 klasörünün durumu not edilemedi: %2</translation>
    </message>
    <message>
        <source>There is no folder %1 whose state could be noted.</source>
        <translation>Durumu not edilebilecek bir %1 klasörü yok.</translation>
    </message>
    <message>
        <source>%1 is no generated text. Set %2 to generated:turkish, generated:eight-sentences or example:turkish.</source>
        <translation>%1 üretilmiş bir metin değil. %2 için generated:turkish, generated:eight-sentences ya da example:turkish verin.</translation>
    </message>
    <message>
        <source>The LibTorch in %1 cannot be opened: %2. Let NABIZ_LIBTORCH name the torch folder of LibTorch %3, or unset it.</source>
        <translation>%1 içindeki LibTorch açılamıyor: %2. NABIZ_LIBTORCH, LibTorch %3 sürümünün torch klasörünü göstersin ya da onu kaldırın.</translation>
    </message>
    <message>
        <source>The trainer library %1 cannot be opened: %2. `./run.sh build` mends it, or NABIZ_LIBTORCH, naming the torch folder of LibTorch %3.</source>
        <translation>Eğitici kitaplığı %1 açılamıyor: %2. `./run.sh build` ya da LibTorch %3 sürümünün torch klasörünü gösteren NABIZ_LIBTORCH bunu düzeltir.</translation>
    </message>
    <message>
        <source>%1: %2 is one small text, of which a part is set aside.</source>
        <translation>%1: %2 tek bir küçük metindir; ondan bir parça ayrılır.</translation>
    </message>
    <message>
        <source>%1 names a generated text that is not known: &apos;%2&apos;. There are generated:turkish, generated:eight-sentences and example:turkish.</source>
        <translation>%1 bilinmeyen bir üretilmiş metni gösteriyor: &apos;%2&apos;. generated:turkish, generated:eight-sentences ve example:turkish var.</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>istenen</translation>
    </message>
    <message>
        <source>free</source>
        <translation>boş</translation>
    </message>
    <message>
        <source>cap (hardware.max_memory_mb)</source>
        <translation>sınır (hardware.max_memory_mb)</translation>
    </message>
    <message>
        <source>of the device</source>
        <translation>aygıtın tümü</translation>
    </message>
    <message>
        <source>reserved, but unused</source>
        <translation>ayrılmış ama kullanılmayan</translation>
    </message>
    <message>
        <source>other programs</source>
        <translation>başka programlar</translation>
    </message>
    <message>
        <source>held</source>
        <translation>tutulan</translation>
    </message>
    <message>
        <source>– language weights</source>
        <translation>– dil ağırlıkları</translation>
    </message>
    <message>
        <source>– model weights</source>
        <translation>– model ağırlıkları</translation>
    </message>
    <message>
        <source>– gradients</source>
        <translation>– gradyanlar</translation>
    </message>
    <message>
        <source>– optimizer</source>
        <translation>– eniyileyici</translation>
    </message>
    <message>
        <source>– activations, copies and workspace</source>
        <translation>– etkinleşmeler, kopyalar ve çalışma alanı</translation>
    </message>
    <message>
        <source>still held afterwards</source>
        <translation>sonrasında hâlâ tutulan</translation>
    </message>
    <message>
        <source>Before the first batch, while the run was prepared</source>
        <translation>İlk batch&apos;ten önce, koşu hazırlanırken</translation>
    </message>
    <message>
        <source>In the forward pass of batch %1</source>
        <translation>%1. batch&apos;in ileri geçişinde</translation>
    </message>
    <message>
        <source>In the backward pass of batch %1</source>
        <translation>%1. batch&apos;in geri geçişinde</translation>
    </message>
    <message>
        <source>In the optimizer step of batch %1</source>
        <translation>%1. batch&apos;in eniyileyici adımında</translation>
    </message>
    <message>
        <source>In the evaluation after batch %1</source>
        <translation>%1. batch&apos;ten sonraki değerlendirmede</translation>
    </message>
    <message>
        <source>While a text was written after batch %1</source>
        <translation>%1. batch&apos;ten sonra metin yazılırken</translation>
    </message>
    <message>
        <source>While the checkpoint of batch %1 was copied</source>
        <translation>%1. batch&apos;in kontrol noktası kopyalanırken</translation>
    </message>
    <message>
        <source>This run is predicted to take %1, and this machine has %2 left: it was not started. Lower training.batch_size, model.max_seq_len or model.d_model.</source>
        <translation>Bu koşunun %1 alacağı öngörülüyor, bu makinede ise %2 kaldı: başlatılmadı. training.batch_size, model.max_seq_len ya da model.d_model değerini düşürün.</translation>
    </message>
    <message>
        <source>LibTorch is built for CUDA and there is an NVIDIA driver, but CUDA_VISIBLE_DEVICES hides every GPU: unset it, or name one that is there.</source>
        <translation>LibTorch CUDA için derlenmiş ve bir NVIDIA sürücüsü var, ama CUDA_VISIBLE_DEVICES bütün GPU’ları gizliyor: kaldırın ya da var olan birini yazın.</translation>
    </message>
    <message>
        <source>LibTorch is built for CUDA and there is an NVIDIA driver, but its management library (libnvidia-ml.so.1) is missing or does not answer, so that no GPU is known: install it with the driver, or load the driver.</source>
        <translation>LibTorch CUDA için derlenmiş ve bir NVIDIA sürücüsü var, ama yönetim kitaplığı (libnvidia-ml.so.1) yok ya da yanıt vermiyor, bu yüzden hiçbir GPU bilinmiyor: sürücüyle birlikte kurun ya da sürücüyü yükleyin.</translation>
    </message>
    <message>
        <source>hardware.device is %1, but CUDA_VISIBLE_DEVICES hides every GPU of this machine: unset it, or name one that is there.</source>
        <translation>hardware.device %1, ama CUDA_VISIBLE_DEVICES bu makinenin bütün GPU’larını gizliyor: kaldırın ya da var olan birini yazın.</translation>
    </message>
    <message>
        <source>hardware.device is %1, but there is no NVIDIA driver on this machine.</source>
        <translation>hardware.device %1, ama bu makinede NVIDIA sürücüsü yok.</translation>
    </message>
    <message>
        <source>hardware.device is %1, but NVIDIA&apos;s management library does not answer: the driver is not loaded, or is of another version than the library.</source>
        <translation>hardware.device %1, ama NVIDIA’nın yönetim kitaplığı yanıt vermiyor: sürücü yüklü değil ya da kitaplıkla sürümleri farklı.</translation>
    </message>
    <message>
        <source>The preset %1 comes with the program and stays. Save it under a name of your own.</source>
        <translation>%1 ön ayarı programla gelir ve kalır. Onu kendi adınızla kaydedin.</translation>
    </message>
    <message>
        <source>There is no preset %1 of your own. `nabiz presets` lists them.</source>
        <translation>%1 adında size ait bir ön ayar yok. `nabiz presets` onları sıralar.</translation>
    </message>
    <message>
        <source>The preset %1 is extended by %2. Let these extend another one first.</source>
        <translation>%1 ön ayarını şunlar genişletiyor: %2. Önce bunlar başkasını genişletsin.</translation>
    </message>
    <message>
        <source>There is a preset %1 already. Choose another name.</source>
        <translation>%1 adında bir ön ayar zaten var. Başka bir ad seçin.</translation>
    </message>
    <message>
        <source>A preset cannot be called &apos;%1&apos;. Choose a name without / that does not begin with a dot.</source>
        <translation>Bir ön ayarın adı &apos;%1&apos; olamaz. İçinde / bulunmayan ve noktayla başlamayan bir ad seçin.</translation>
    </message>
    <message>
        <source>what stands under &apos;%1&apos; is not the training&apos;s</source>
        <translation>&apos;%1&apos; altında duranlar eğitimin değil</translation>
    </message>
    <message>
        <source>the rows are of several: %1 tells them apart</source>
        <translation>satırlar birkaç koşunun: %1 onları ayırıyor</translation>
    </message>
    <message>
        <source>the columns %1 and %2 are both of %3</source>
        <translation>%1 ve %2 sütunlarının ikisi de %3 için</translation>
    </message>
    <message>
        <source>The system has ended the program (%1).</source>
        <translation>Sistem programı sonlandırdı (%1).</translation>
    </message>
    <message>
        <source>The device or another rank has failed; a new process begins anew.</source>
        <translation>Aygıt ya da başka bir rank hata verdi; yeni bir süreç baştan başlar.</translation>
    </message>
    <message>
        <source>Went on by itself, %1 of at most %2 times.</source>
        <translation>Kendiliğinden sürdü: en çok %2 kezin %1. kezi.</translation>
    </message>
    <message>
        <source>%1 does not speak HTTPS as it is spoken here (%2). Set HF_ENDPOINT to an address that does, or that begins with http:// where that is meant.</source>
        <translation>%1 burada konuşulan biçimiyle HTTPS konuşmuyor (%2). HF_ENDPOINT değerini HTTPS konuşan bir adrese ya da, istenen buysa, http:// ile başlayan bir adrese ayarlayın.</translation>
    </message>
    <message>
        <source>%1 needs %2 and %3 to spare, and its disk has %4 free: make room, or choose another place with HF_HUB_CACHE or --to.</source>
        <translation>%1 için %2 ve ayrıca boş kalacak %3 gerekiyor; diskinde %4 boş: yer açın ya da HF_HUB_CACHE veya --to ile başka bir yer seçin.</translation>
    </message>
    <message>
        <source>%1 is no text: it begins as files of the kind %2 do. Write what it says to a .txt file, and set %3 to that.</source>
        <translation>%1 metin değil: %2 türündeki dosyalar gibi başlıyor. İçindeki metni bir .txt dosyasına yazın ve %3 ayarını ona yöneltin.</translation>
    </message>
    <message>
        <source>Left out, as no texts by how they begin, whatever their names: %1</source>
        <translation>Adları ne olursa olsun başlarına bakılınca metin olmadıkları için dışarıda bırakılanlar: %1</translation>
    </message>
    <message>
        <source>%1: the rotation llama3 needs %2, which is not there. Take the config.json that was published with the weights.</source>
        <translation>%1: llama3 dönüşü için %2 gerekli, ama yok. Ağırlıklarla birlikte yayımlanan config.json dosyasını alın.</translation>
    </message>
    <message>
        <source>%1 is of a quantized model (%2), which Nabız does not read: set language.path to the model that it was made from, and language.dtype=int8 where memory is short.</source>
        <translation>%1, Nabız’ın okumadığı nicemlenmiş bir modele ait (%2): language.path ayarını onun yapıldığı modele yöneltin; bellek darsa language.dtype=int8 seçin.</translation>
    </message>
    <message>
        <source>The weights %1 in %2 hold numbers beyond 65504, float16&apos;s largest: choose language.dtype=bfloat16 or float32.</source>
        <translation>%2 içindeki %1 ağırlıklarında float16’nın en büyük sayısı olan 65504’ü aşan sayılar var: language.dtype için bfloat16 ya da float32 seçin.</translation>
    </message>
    <message>
        <source>Counted with every round of introspection: without model.causal it decides by what it sees how many.</source>
        <translation>İç gözlemin bütün turlarıyla hesaplandı: model.causal olmadan kaç tur yapacağına gördüklerine göre karar verir.</translation>
    </message>
    <message>
        <source>language weights</source>
        <translation>dil ağırlıkları</translation>
    </message>
    <message>
        <source>model weights</source>
        <translation>model ağırlıkları</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>gradyanlar</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>eniyileyici</translation>
    </message>
    <message>
        <source>activations</source>
        <translation>etkinleşmeler</translation>
    </message>
    <message>
        <source>mixed precision&apos;s copies</source>
        <translation>karışık kesinliğin kopyaları</translation>
    </message>
    <message>
        <source>workspace</source>
        <translation>çalışma alanı</translation>
    </message>
    <message>
        <source>This run is predicted to take %1, and hardware.max_memory_mb leaves %2 of its %3 to it: it was not started. Raise it, or lower training.batch_size, model.max_seq_len or model.d_model.</source>
        <translation>Bu koşunun %1 tutacağı öngörülüyor; hardware.max_memory_mb ise izin verdiği %3 içinden ona %2 bırakıyor: başlatılmadı. Bu sınırı yükseltin ya da training.batch_size, model.max_seq_len veya model.d_model değerini düşürün.</translation>
    </message>
    <message>
        <source>what stands under &apos;%1&apos; is of another run than what stands under &apos;%2&apos;</source>
        <translation>&apos;%1&apos; altında duran, &apos;%2&apos; altında durandan başka bir koşunun</translation>
    </message>
    <message>
        <source>%1 at batch %2: %3</source>
        <translation>%1, batch %2: %3</translation>
    </message>
    <message>
        <source>a line that a change took away</source>
        <translation>bir değişikliğin çıkardığı satır</translation>
    </message>
    <message>
        <source>cells of the table go over several rows</source>
        <translation>tablonun hücreleri birkaç satıra yayılıyor</translation>
    </message>
    <message>
        <source>%1 doubles from row to row: sizes of batches, perhaps, and no count</source>
        <translation>%1 satırdan satıra iki katına çıkıyor: sayı değil, belki batch boyutu</translation>
    </message>
    <message>
        <source>more cells than the table has heads</source>
        <translation>tablonun başlıklarından çok hücre</translation>
    </message>
    <message>
        <source>nothing here says that %1 is a loss</source>
        <translation>burada %1 değerinin kayıp olduğunu söyleyen bir şey yok</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be written: %2</source>
        <translation>&apos;%1&apos; yazılamıyor: %2</translation>
    </message>
    <message>
        <source>there is no home to put the unit in: set HOME</source>
        <translation>birimin konacağı bir ev klasörü yok: HOME değişkenini verin</translation>
    </message>
    <message>
        <source>this system has no systemctl: have `nabiz guard` started by what it has, such as a line `@reboot nabiz guard` in crontab -e</source>
        <translation>bu sistemde systemctl yok: `nabiz guard` komutunu sistemin kendi yoluyla başlatın, örneğin crontab -e içinde `@reboot nabiz guard` satırıyla</translation>
    </message>
    <message>
        <source>systemd takes no order of this user (%1): run it in a session of your own, or have `nabiz guard` started by a line `@reboot nabiz guard` in crontab -e</source>
        <translation>systemd bu kullanıcıdan komut almıyor (%1): kendi oturumunuzda çalıştırın ya da `nabiz guard` komutunu crontab -e içinde `@reboot nabiz guard` satırıyla başlatın</translation>
    </message>
    <message>
        <source>the folder of &apos;%1&apos; cannot be made: %2</source>
        <translation>&apos;%1&apos; klasörü oluşturulamıyor: %2</translation>
    </message>
    <message>
        <source>there is no &apos;%1&apos;: nothing is installed</source>
        <translation>&apos;%1&apos; yok: kurulu bir şey yok</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be removed: %2</source>
        <translation>&apos;%1&apos; kaldırılamıyor: %2</translation>
    </message>
    <message>
        <source>Run %1 &apos;%2&apos; was not trained here: there is no model to write a text.</source>
        <translation>Koşu %1 &apos;%2&apos; burada eğitilmedi: metin yazacak bir model yok.</translation>
    </message>
    <message>
        <source>Run %1 &apos;%2&apos; is %3; a text is written from its checkpoint when it has ended.</source>
        <translation>Koşu %1 &apos;%2&apos; şu anda %3; kontrol noktasından metin ancak bitince yazılır.</translation>
    </message>
    <message>
        <source>Run %1 &apos;%2&apos; has no checkpoint to write from; training.save_interval makes them.</source>
        <translation>Koşu %1 &apos;%2&apos; için metin yazdıracak kontrol noktası yok; bunları training.save_interval oluşturur.</translation>
    </message>
    <message>
        <source>The program ended while the run waited in the queue.</source>
        <translation>Koşu kuyrukta beklerken program sonlandı.</translation>
    </message>
    <message>
        <source>The program ended while the run was preparing.</source>
        <translation>Koşu hazırlanırken program sonlandı.</translation>
    </message>
    <message>
        <source>The program ended while the run was paused.</source>
        <translation>Koşu duraklatılmışken program sonlandı.</translation>
    </message>
    <message>
        <source>The program ended while the run was stopping.</source>
        <translation>Koşu durdurulurken program sonlandı.</translation>
    </message>
    <message>
        <source>The program ended while the run was running.</source>
        <translation>Koşu sürerken program sonlandı.</translation>
    </message>
</context>
<context>
    <name>Metric</name>
    <message>
        <source>Loss</source>
        <translation>Kayıp</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>Doğrulama kaybı</translation>
    </message>
    <message>
        <source>Load-balance term</source>
        <translation>Yük dengesi terimi</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Öğrenme oranı</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>Gradyan normu</translation>
    </message>
    <message>
        <source>Time of a batch</source>
        <translation>Batch süresi</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>Saniyede token</translation>
    </message>
    <message>
        <source>Allocated memory</source>
        <translation>Ayrılan bellek</translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation>Tepe bellek</translation>
    </message>
    <message>
        <source>Reserved memory</source>
        <translation>Rezerve bellek</translation>
    </message>
    <message>
        <source>Device memory in use</source>
        <translation>Kullanılan aygıt belleği</translation>
    </message>
    <message>
        <source>Memory of other programs</source>
        <translation>Diğer programların belleği</translation>
    </message>
    <message>
        <source>Process memory</source>
        <translation>Süreç belleği</translation>
    </message>
    <message>
        <source>GPU utilisation</source>
        <translation>GPU kullanımı</translation>
    </message>
    <message>
        <source>GPU temperature</source>
        <translation>GPU sıcaklığı</translation>
    </message>
    <message>
        <source>GPU power</source>
        <translation>GPU gücü</translation>
    </message>
    <message>
        <source>GPU clock</source>
        <translation>GPU saat hızı</translation>
    </message>
    <message>
        <source>Gradient scale</source>
        <translation>Gradyan ölçeği</translation>
    </message>
    <message>
        <source>Introspection: error</source>
        <translation>İç gözlem: hata</translation>
    </message>
    <message>
        <source>Introspection: confidence</source>
        <translation>İç gözlem: güven</translation>
    </message>
    <message>
        <source>Introspection: rounds</source>
        <translation>İç gözlem: tur</translation>
    </message>
    <message>
        <source>Router: block %1, expert %2</source>
        <translation>Yönlendirici: blok %1, uzman %2</translation>
    </message>
    <message>
        <source>Rank %1: memory</source>
        <translation>Süreç %1: bellek</translation>
    </message>
    <message>
        <source>Rank %1: tokens per second</source>
        <translation>Süreç %1: saniyede token</translation>
    </message>
    <message>
        <source>Rank %1: waiting for others</source>
        <translation>Süreç %1: ötekileri bekleme</translation>
    </message>
    <message>
        <source>Peak less the ledger&apos;s sum</source>
        <translation>Zirve eksi dökümün toplamı</translation>
    </message>
</context>
<context>
    <name>Number</name>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation>%1 kB</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 bayt</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 sn</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 dk %2 sn</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 sa %2 dk</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 gün %2 sa</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%%1</translation>
    </message>
</context>
<context>
    <name>Parameter</name>
    <message>
        <source>Data</source>
        <translation>Veri</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Metin</translation>
    </message>
    <message>
        <source>Validation text</source>
        <translation>Doğrulama metni</translation>
    </message>
    <message>
        <source>A text of its own for the validation loss. Empty sets a part of the training text aside.</source>
        <translation>Doğrulama kaybı için ayrı bir metin. Boşsa eğitim metninin bir bölümü ayrılır.</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Ayırma yöntemi</translation>
    </message>
    <message>
        <source>How a part is set aside for validation: block keeps it apart from what is trained on; sample draws single samples, which lets repeated text stand on both sides.</source>
        <translation>Doğrulama için ayrılan bölümün nasıl seçildiği: block onu eğitilen metinden bütünüyle ayrı tutar; sample tek tek örnekler çeker, bu yüzden yinelenen metin iki tarafa da düşebilir.</translation>
    </message>
    <message>
        <source>Validation part</source>
        <translation>Doğrulama payı</translation>
    </message>
    <message>
        <source>The part of the text that is set aside for validation. More makes the validation loss steadier and leaves less to learn from.</source>
        <translation>Metnin doğrulama için ayrılan bölümü. Artarsa doğrulama kaybı daha kararlı olur, öğrenilecek metin azalır.</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Kodlama</translation>
    </message>
    <message>
        <source>utf8 reads bytes as they are. ord_mod_256 maps each letter to its number modulo 256, as the published program does, so that distinct letters collide.</source>
        <translation>utf8 baytları olduğu gibi okur. ord_mod_256, yayımlanmış programdaki gibi her harfi numarasının 256&apos;ya bölümünden kalanla eşler; farklı harfler çakışır.</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Örnekleme</translation>
    </message>
    <message>
        <source>window cuts a sample anywhere in the text. line takes one line a sample and fills the rest with zeros, which are computed but not learnt.</source>
        <translation>window örneği metnin herhangi bir yerinden keser. line her satırı bir örnek yapar ve gerisini sıfırla doldurur; sıfırlar hesaplanır ama öğrenilmez.</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Donanım</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Aygıt</translation>
    </message>
    <message>
        <source>Where the model is trained. auto takes the first CUDA device, or the CPU where there is none.</source>
        <translation>Modelin eğitildiği yer. auto ilk CUDA aygıtını, yoksa CPU&apos;yu kullanır.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>İş parçacıkları</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>iş parçacığı</translation>
    </message>
    <message>
        <source>CPU threads of the training; 0 is all but one, which is left to the window.</source>
        <translation>Eğitimin CPU iş parçacığı sayısı; 0: biri dışında hepsi, o biri pencereye kalır.</translation>
    </message>
    <message>
        <source>Memory cap</source>
        <translation>Bellek sınırı</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Dil</translation>
    </message>
    <message>
        <source>Language weights</source>
        <translation>Dil ağırlıkları</translation>
    </message>
    <message>
        <source>Stand-in</source>
        <translation>Vekil</translation>
    </message>
    <message>
        <source>A language model of this shape with random weights: memory and speed are those of a true one, what it knows is not. A folder of weights wins over it.</source>
        <translation>Bu yapıda, rastgele ağırlıklı bir dil modeli: bellek ve hız gerçeğiyle aynıdır, bildikleri değildir. Ağırlık klasörü verilirse o geçerli olur.</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>Dil modeli</translation>
    </message>
    <message>
        <source>shared holds one language model for all blocks. per_expert gives the language expert of each block a copy of its own, and memory grows with their number.</source>
        <translation>shared bütün bloklar için tek bir dil modeli tutar. per_expert her bloktaki dil uzmanına kendi kopyasını verir; bellek, kopya sayısıyla artar.</translation>
    </message>
    <message>
        <source>Adapters</source>
        <translation>Adaptörler</translation>
    </message>
    <message>
        <source>The layers that lead into the language model and out of it: one pair for the model, or one for each expert, which learns more and takes more weights.</source>
        <translation>Dil modeline giren ve ondan çıkan katmanlar: model için tek bir çift ya da her uzman için ayrı bir çift; ayrı çift daha çok öğrenir, daha çok ağırlık ister.</translation>
    </message>
    <message>
        <source>Train the adapters</source>
        <translation>Adaptörleri eğit</translation>
    </message>
    <message>
        <source>Off, the adapters stay at their random start, as in the published program.</source>
        <translation>Kapalıyken adaptörler, yayımlanmış programdaki gibi rastgele başlangıçlarında kalır.</translation>
    </message>
    <message>
        <source>Gradient through the language model</source>
        <translation>Dil modelinden geçen gradyan</translation>
    </message>
    <message>
        <source>Lets the input adapter learn through the frozen language model. Takes more memory and time.</source>
        <translation>Giriş adaptörünün, dondurulmuş dil modelinin içinden öğrenmesini sağlar. Daha çok bellek ve süre ister.</translation>
    </message>
    <message>
        <source>Precision of its weights</source>
        <translation>Ağırlıkların hassasiyeti</translation>
    </message>
    <message>
        <source>Numbers the frozen weights are held in: half the bits, half the memory. auto is float32 on a CPU and float16 on CUDA.</source>
        <translation>Dondurulmuş ağırlıkların tutulduğu sayı türü: yarı bit, yarı bellek. auto, CPU üzerinde float32, CUDA üzerinde float16 kullanır.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Model</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>Sözlük boyutu</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>bayt</translation>
    </message>
    <message>
        <source>How many byte values the model knows. Below 256 it can only read text whose bytes are all smaller.</source>
        <translation>Modelin bildiği bayt değeri sayısı. 256&apos;nın altında, yalnızca bütün baytları bu sayıdan küçük olan metinleri okuyabilir.</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Genişlik</translation>
    </message>
    <message>
        <source>Numbers that stand for one character. Twice the width is about four times the weights and the time.</source>
        <translation>Bir karakteri temsil eden sayılar. İki katı genişlik, yaklaşık dört kat ağırlık ve süre demektir.</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Katman sayısı</translation>
    </message>
    <message>
        <source>Blocks one after another. Memory and time grow in proportion.</source>
        <translation>Art arda gelen bloklar. Bellek ve süre aynı oranda artar.</translation>
    </message>
    <message>
        <source>Attention heads</source>
        <translation>Dikkat başlıkları</translation>
    </message>
    <message>
        <source>Parts the width is divided into for attention; they must divide it without remainder. The number of weights stays the same.</source>
        <translation>Dikkat için genişliğin bölündüğü parçalar; genişliği kalansız bölmelidir. Ağırlık sayısı değişmez.</translation>
    </message>
    <message>
        <source>Inner width of experts</source>
        <translation>Uzmanların iç genişliği</translation>
    </message>
    <message>
        <source>Width inside a standard expert. Its weights and time grow in proportion.</source>
        <translation>Bir standard uzmanının iç genişliği. Ağırlıkları ve süresi aynı oranda artar.</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Uzmanlar</translation>
    </message>
    <message>
        <source>The experts of every block, between which a router chooses two for each position. Each adds weights; language also runs the frozen language model.</source>
        <translation>Her bloğun uzmanları; bir yönlendirici her konum için aralarından ikisini seçer. Her biri ağırlık ekler; language ayrıca dondurulmuş dil modelini de çalıştırır.</translation>
    </message>
    <message>
        <source>Number of experts</source>
        <translation>Uzman sayısı</translation>
    </message>
    <message>
        <source>How many experts a block has: always the length of the list of experts.</source>
        <translation>Bir bloktaki uzman sayısı: her zaman uzman listesinin uzunluğu.</translation>
    </message>
    <message>
        <source>Length of a sample</source>
        <translation>Örnek uzunluğu</translation>
    </message>
    <message>
        <source>Longest sample in bytes. Longer shows more context; attention takes memory and time with its square.</source>
        <translation>En uzun örnek, bayt olarak. Uzun örnek daha çok bağlam gösterir; dikkatin belleği ve süresi uzunluğun karesiyle artar.</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Bellek</translation>
    </message>
    <message>
        <source>Adds memory slots between the encoder and the blocks.</source>
        <translation>Kodlayıcı ile bloklar arasına bellek yuvaları ekler.</translation>
    </message>
    <message>
        <source>Memory slots</source>
        <translation>Bellek yuvaları</translation>
    </message>
    <message>
        <source>How many slots the memory has. Its weights grow in proportion.</source>
        <translation>Bellekteki yuva sayısı. Ağırlıkları aynı oranda artar.</translation>
    </message>
    <message>
        <source>Introspection</source>
        <translation>İç gözlem</translation>
    </message>
    <message>
        <source>Lets the last block look at its own work and correct it, at most twice. Costs time.</source>
        <translation>Son bloğun kendi ürettiğine bakıp onu en çok iki kez düzeltmesini sağlar. Süreyi uzatır.</translation>
    </message>
    <message>
        <source>Linear attention</source>
        <translation>Doğrusal dikkat</translation>
    </message>
    <message>
        <source>Attention whose time grows with the length and not with its square; it is less exact.</source>
        <translation>Süresi uzunluğun karesiyle değil, kendisiyle artan dikkat; daha az kesindir.</translation>
    </message>
    <message>
        <source>Pictures and sound</source>
        <translation>Görüntü ve ses</translation>
    </message>
    <message>
        <source>Nabız trains on text alone, so this can only be off.</source>
        <translation>Nabız yalnızca metinle eğitir; bu yüzden hep kapalıdır.</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>The part of the activations that is set to zero while training. More holds back learning by heart and slows learning.</source>
        <translation>Eğitim sırasında sıfırlanan aktivasyonların oranı. Artarsa ezberleme azalır, öğrenme yavaşlar.</translation>
    </message>
    <message>
        <source>Weights to start from</source>
        <translation>Başlangıç ağırlıkları</translation>
    </message>
    <message>
        <source>A safetensors file whose weights the model starts from. Empty starts from random ones.</source>
        <translation>Modelin başlangıç ağırlıklarını içeren safetensors dosyası. Boşsa rastgele ağırlıklarla başlar.</translation>
    </message>
    <message>
        <source>Causal</source>
        <translation>Nedensel (causal)</translation>
    </message>
    <message>
        <source>Keeps every position from seeing what follows it. Off, the model sees its own targets and the loss means nothing.</source>
        <translation>Hiçbir konumun kendinden sonrasını görmemesini sağlar. Kapalıyken model kendi hedeflerini görür ve kaybın bir anlamı kalmaz.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Eğitim</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Batch boyutu</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>örnek</translation>
    </message>
    <message>
        <source>Samples computed at once. More makes the gradient steadier and takes memory in proportion.</source>
        <translation>Bir kerede hesaplanan örnek sayısı. Artarsa gradyan daha kararlı olur, bellek aynı oranda artar.</translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation>Biriktirme</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>batch</translation>
    </message>
    <message>
        <source>Batches whose gradients are averaged for one step. Works as a larger batch without its memory, and takes as many times longer a step.</source>
        <translation>Bir adım için gradyanlarının ortalaması alınan batch sayısı. Belleği artmadan büyük bir batch gibi çalışır; adım da o kadar kat uzun sürer.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Öğrenme oranı</translation>
    </message>
    <message>
        <source>How far one step goes. Higher learns faster until the loss jumps or becomes NaN.</source>
        <translation>Bir adımın ne kadar ileri gittiği. Artarsa öğrenme hızlanır, ta ki kayıp sıçrayana ya da NaN olana dek.</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Oran çizelgesi</translation>
    </message>
    <message>
        <source>How the rate falls after the warm-up: not at all, along a cosine, or in a straight line.</source>
        <translation>Isınmadan sonra öğrenme oranının nasıl düştüğü: hiç düşmez, kosinüs boyunca ya da düz bir çizgide düşer.</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Isınma</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>adım</translation>
    </message>
    <message>
        <source>Steps in which the rate rises to its full height. Too few can upset the first steps; as many as there are steps never reach the full rate.</source>
        <translation>Öğrenme oranının tam değerine yükseldiği adımlar. Azı ilk adımları bozabilir; toplam adım sayısı kadarıyla tam orana hiç ulaşılmaz.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Adım sayısı</translation>
    </message>
    <message>
        <source>Optimizer steps, each of as many batches as are accumulated. Time grows in proportion.</source>
        <translation>Eniyileyici adımları; her biri, biriktirilen batch sayısı kadar batch içerir. Süre aynı oranda artar.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Tohum</translation>
    </message>
    <message>
        <source>Where all chance begins. The same seed on the same machine gives the same losses.</source>
        <translation>Bütün rastgeleliğin başladığı yer. Aynı makinede aynı tohum aynı kayıpları verir.</translation>
    </message>
    <message>
        <source>Gradient clip</source>
        <translation>Gradyan kırpma</translation>
    </message>
    <message>
        <source>Longest gradient a step may use; 0 is no limit. Lower steadies training and slows it.</source>
        <translation>Bir adımın kullanabileceği en uzun gradyan; 0: sınır yok. Azalırsa eğitim kararlılaşır ve yavaşlar.</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>Eniyileyici</translation>
    </message>
    <message>
        <source>The rule by which the weights follow the gradient. adamw holds two more numbers for each weight.</source>
        <translation>Ağırlıkların gradyanı izleme kuralı. adamw her ağırlık için iki sayı daha tutar.</translation>
    </message>
    <message>
        <source>Beta 1</source>
        <translation>Beta 1</translation>
    </message>
    <message>
        <source>How long past gradients are remembered. Higher is smoother and slower to turn.</source>
        <translation>Geçmiş gradyanların ne kadar süre hatırlandığı. Artarsa ilerleme daha düzgün olur, yön daha yavaş değişir.</translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation>Beta 2</translation>
    </message>
    <message>
        <source>How long the size of past gradients is remembered. Higher is steadier and slower to adapt.</source>
        <translation>Geçmiş gradyanların büyüklüğünün ne kadar süre hatırlandığı. Artarsa ilerleme daha kararlı, uyum daha yavaş olur.</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>Keeps the division from zero. Larger makes steps of rarely used weights smaller.</source>
        <translation>Sıfıra bölünmeyi önler. Büyürse, seyrek kullanılan ağırlıkların adımları küçülür.</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Ağırlık sönümü</translation>
    </message>
    <message>
        <source>How strongly weights are pulled to zero. More holds back learning by heart.</source>
        <translation>Ağırlıkların sıfıra ne kadar güçlü çekildiği. Artarsa ezberleme azalır.</translation>
    </message>
    <message>
        <source>Mixed precision</source>
        <translation>Karma hassasiyet</translation>
    </message>
    <message>
        <source>Computes in 16 bits where that is safe: about half the activations&apos; memory and faster on a GPU.</source>
        <translation>Güvenli olan yerde 16 bitle hesaplar: aktivasyon belleği yaklaşık yarıya iner, GPU üzerinde daha hızlıdır.</translation>
    </message>
    <message>
        <source>Mixed precision type</source>
        <translation>Karma hassasiyet türü</translation>
    </message>
    <message>
        <source>The 16-bit numbers of mixed precision. bfloat16 needs no loss scaling but a GPU of compute capability 8.0 or later.</source>
        <translation>Karma hassasiyetin 16 bitlik sayı türü. bfloat16 kayıp ölçekleme istemez, ama hesaplama yeteneği 8.0 veya üzeri bir GPU ister.</translation>
    </message>
    <message>
        <source>Gradient checkpointing</source>
        <translation>Gradyan kontrol noktalama</translation>
    </message>
    <message>
        <source>Computes activations again in the backward pass in place of keeping them: much less memory, about a third more time.</source>
        <translation>Aktivasyonları saklamak yerine geri yayılımda yeniden hesaplar: çok daha az bellek, yaklaşık üçte bir daha uzun süre.</translation>
    </message>
    <message>
        <source>Load balance in the loss</source>
        <translation>Kayıpta yük dengesi</translation>
    </message>
    <message>
        <source>Adds the term that keeps the router from using one expert alone. Off is what the published program did under mixed precision.</source>
        <translation>Yönlendiricinin tek bir uzmana yığılmasını önleyen terimi ekler. Kapalı, yayımlanmış programın karma hassasiyetle yaptığıdır.</translation>
    </message>
    <message>
        <source>Sample text every</source>
        <translation>Örnek metin aralığı</translation>
    </message>
    <message>
        <source>Batches between two texts written by the model; 0 is never. Each takes a moment.</source>
        <translation>Modelin yazdığı iki metin arasındaki batch sayısı; 0: hiç yazmaz. Her biri kısa bir süre alır.</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>İstem</translation>
    </message>
    <message>
        <source>The beginning that the model continues in its sample texts.</source>
        <translation>Modelin örnek metinlerinde devamını yazdığı başlangıç.</translation>
    </message>
    <message>
        <source>Print every</source>
        <translation>Yazdırma aralığı</translation>
    </message>
    <message>
        <source>Batches between two lines on the console; 0 is never. Points are kept for every batch.</source>
        <translation>Konsoldaki iki satır arasındaki batch sayısı; 0: hiç yazdırmaz. Noktalar her batch için saklanır.</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>Kontrol noktası aralığı</translation>
    </message>
    <message>
        <source>Batches between two checkpoints; 0 is never. What happened since the last one is lost when the run is cut off.</source>
        <translation>İki kontrol noktası arasındaki batch sayısı; 0: hiç yazmaz. Koşu yarıda kesilirse son kontrol noktasından sonrası yitirilir.</translation>
    </message>
    <message>
        <source>Keep checkpoints</source>
        <translation>Saklanan kontrol noktaları</translation>
    </message>
    <message>
        <source>checkpoints</source>
        <translation>kontrol noktası</translation>
    </message>
    <message>
        <source>How many of the newest checkpoints stay on the disk. Each takes about three times the size of the weights.</source>
        <translation>En yeni kontrol noktalarından kaçının diskte kaldığı. Her biri, ağırlıkların yaklaşık üç katı yer tutar.</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>Değerlendirme aralığı</translation>
    </message>
    <message>
        <source>Batches between two validation losses; 0 is never. Each takes time.</source>
        <translation>İki doğrulama kaybı arasındaki batch sayısı; 0: hiç ölçmez. Her biri süre alır.</translation>
    </message>
    <message>
        <source>Batches of an evaluation</source>
        <translation>Değerlendirme batch sayısı</translation>
    </message>
    <message>
        <source>How many batches a validation loss is the mean of; 0 takes the whole validation set. More is steadier and takes longer.</source>
        <translation>Bir doğrulama kaybının kaç batch ortalaması olduğu; 0: doğrulama metninin tamamı. Artarsa kayıp daha kararlı olur, ölçüm uzar.</translation>
    </message>
    <message>
        <source>Stop after NaN</source>
        <translation>NaN sonrası durma</translation>
    </message>
    <message>
        <source>Batches a run goes on after the first loss that is NaN or infinite; 0 stops at once.</source>
        <translation>İlk NaN ya da sonsuz kayıptan sonra koşunun süreceği batch sayısı; 0: hemen durur.</translation>
    </message>
    <message>
        <source>The most memory that training may take: of the device, or on a CPU of the process; 0 is no cap. Beyond it the run ends with an account of where memory went.</source>
        <translation>Eğitimin alabileceği en çok bellek: aygıtın, CPU üzerinde sürecin belleği; 0: sınır yok. Aşılırsa koşu, belleğin nereye gittiğini söyleyerek biter.</translation>
    </message>
    <message>
        <source>Stop the hopeless</source>
        <translation>Umutsuzu durdur</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Kuyruk</translation>
    </message>
    <message>
        <source>evaluations</source>
        <translation>değerlendirme</translation>
    </message>
    <message>
        <source>Of a group of runs, such as a grid: a run whose validation loss has been above the median of the others at the same batch for so many evaluations in a row is stopped, and says so. 0 is never. Sooner saves time, and gives up what would have caught up.</source>
        <translation>Izgara gibi bir koşu grubunda: doğrulama kaybı, aynı batch&apos;te ötekilerin ortancasının üstünde üst üste bu kadar değerlendirme kalan koşu durdurulur ve bunu söyler. 0: hiçbir zaman. Erken durdurmak zaman kazandırır, arayı kapatacak olanı da bırakır.</translation>
    </message>
    <message>
        <source>Written in</source>
        <translation>Yazıldığı kodlama</translation>
    </message>
    <message>
        <source>How the letters of the text files stand there. as_is takes their bytes as they are, which is right for UTF-8. auto converts files that are recognised as Windows-1254 (old Turkish texts) or UTF-16 to UTF-8; the others take every file for that.</source>
        <translation>Metin dosyalarındaki harflerin nasıl yazıldığı. as_is baytları olduğu gibi alır, UTF-8 için doğrusu budur. auto, Windows-1254 (eski Türkçe metinler) ya da UTF-16 olarak tanınan dosyaları UTF-8’e dönüştürür; ötekiler her dosyayı öyle sayar.</translation>
    </message>
    <message>
        <source>Field of JSON lines</source>
        <translation>JSON satırlarının alanı</translation>
    </message>
    <message>
        <source>Under which name the text stands in each line of a .jsonl file. Lines without it are left out, and counted.</source>
        <translation>Bir .jsonl dosyasının her satırında metnin hangi ad altında durduğu. Onu içermeyen satırlar dışarıda bırakılır ve sayılır.</translation>
    </message>
    <message>
        <source>The language model: its name in the Hugging Face cache, which `nabiz weights get` fills, or the folder with its config.json and model.safetensors. Empty uses the stand-in.</source>
        <translation>Dil modeli: `nabiz weights get` ile dolan Hugging Face önbelleğindeki adı ya da config.json ile model.safetensors dosyalarının klasörü. Boşsa vekil kullanılır.</translation>
    </message>
    <message>
        <source>Keep the best</source>
        <translation>En iyiyi sakla</translation>
    </message>
    <message>
        <source>A checkpoint at each validation loss lower than all before, which stays beside the newest until a lower one comes. Only where there are checkpoints and evaluations.</source>
        <translation>Öncekilerin hepsinden düşük her doğrulama kaybında bir kontrol noktası; daha düşüğü gelene dek en yenilerin yanında kalır. Yalnızca kontrol noktası ve değerlendirme varsa.</translation>
    </message>
    <message>
        <source>Stop early after</source>
        <translation>Erken durdurma</translation>
    </message>
    <message>
        <source>Evaluations without a lower validation loss after which the run ends, as finished; 0 goes on to the last step. Fewer save time and may end a run before it would have fallen again.</source>
        <translation>Daha düşük doğrulama kaybı vermeyen bu kadar değerlendirmeden sonra koşu tamamlanmış sayılarak biter; 0 son adıma dek sürer. Azı zaman kazandırır, ama kayıp yeniden düşecekken koşuyu bitirebilir.</translation>
    </message>
    <message>
        <source>Distributed</source>
        <translation>Dağıtık</translation>
    </message>
    <message>
        <source>Ranks</source>
        <translation>Süreç sayısı</translation>
    </message>
    <message>
        <source>processes</source>
        <translation>süreç</translation>
    </message>
    <message>
        <source>Processes that train together, each on its part of every batch, so that the result is the same. They are started on this machine; on several, torchrun starts them and says how many they are.</source>
        <translation>Birlikte eğiten süreçler; her biri her batch&apos;in kendi payına bakar, sonuç aynı kalır. Bu bilgisayarda başlatılırlar; birden çok bilgisayarda torchrun başlatır ve sayılarını o söyler.</translation>
    </message>
    <message>
        <source>Patience with ranks</source>
        <translation>Süreçleri bekleme süresi</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>saniye</translation>
    </message>
    <message>
        <source>How long a rank that stands still is waited for; then the run ends, and can go on from its last checkpoint. Longer than the longest sample text or write of a checkpoint, which rank 0 does alone.</source>
        <translation>Donan bir sürecin ne kadar bekleneceği; sonra koşu sona erer ve son kontrol noktasından sürebilir. Süreç 0&apos;ın tek başına yaptığı en uzun örnek metin ya da kontrol noktası yazımından uzun olmalı.</translation>
    </message>
    <message>
        <source>Note the state of</source>
        <translation>Durumu not edilecek klasör</translation>
    </message>
    <message>
        <source>A folder under git, of code or of texts, whose commit and changes are noted when the run starts, so that what changed between two runs can be said later. Nothing else is done with it.</source>
        <translation>Git altında bir kod ya da metin klasörü: koşu başlarken commit&apos;i ve değişiklikleri not edilir ki iki koşu arasında nelerin değiştiği sonradan söylenebilsin. Klasörle başka bir şey yapılmaz.</translation>
    </message>
    <message>
        <source>What the model learns: a file or a folder of .txt, .gz, .jsonl or .md files, a generated text, or example:turkish, some two hundred proverbs that ship. A longer text is learnt less by heart.</source>
        <translation>Modelin öğreneceği: bir dosya ya da .txt, .gz, .jsonl veya .md dosyalarından bir klasör, üretilmiş bir metin ya da programla gelen iki yüz kadar atasözü, example:turkish. Uzun metin daha az ezberlenir.</translation>
    </message>
    <message>
        <source>After a crash</source>
        <translation>Çökmeden sonra</translation>
    </message>
    <message>
        <source>auto: a run that was ended by a crash, a restart of the machine or a failing device goes on by itself from its last checkpoint, at most three times, while nabiz guard runs (nabiz guard install has it started at each login). by_hand: it waits for Resume. A run that a person stops stays stopped.</source>
        <translation>auto: çökmeyle, makinenin yeniden başlamasıyla ya da aygıt hatasıyla biten koşu, nabiz guard çalıştığı sürece (nabiz guard install onu her oturum açılışında başlatır) son kontrol noktasından kendiliğinden sürer, en çok üç kez. by_hand: Sürdür düğmesini bekler. Bir kişinin durdurduğu koşu durmuş kalır.</translation>
    </message>
</context>
<context>
    <name>PlotAxis</name>
    <message>
        <source>%1 s</source>
        <translation>%1 sn</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 dk</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 sa</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 gün</translation>
    </message>
</context>
<context>
    <name>PlotView</name>
    <message>
        <source>%1 not above 0, which a log axis cannot show</source>
        <translation>%1 değer ≤ 0, log eksende gösterilemez</translation>
    </message>
    <message>
        <source>%1 not finite (▲)</source>
        <translation>%1 değer sonlu değil (▲)</translation>
    </message>
    <message>
        <source>%1 of %2 points</source>
        <translation>%2 noktanın %1 tanesi</translation>
    </message>
    <message>
        <source>1 px ≈ %1 batches, as an envelope</source>
        <translation>1 piksel ≈ %1 batch, zarf olarak</translation>
    </message>
    <message>
        <source>outliers clipped: %1 beyond the axis</source>
        <translation>aykırı değerler kırpıldı: %1 nokta eksenin dışında</translation>
    </message>
    <message>
        <source>value</source>
        <translation>değer</translation>
    </message>
    <message>
        <source>smoothed</source>
        <translation>yumuşatılmış</translation>
    </message>
    <message>
        <source>the extremes of %1 points, reading all…</source>
        <translation>%1 noktanın uç değerleri, hepsi okunuyor…</translation>
    </message>
</context>
<context>
    <name>Preset</name>
    <message>
        <source>A minute on a CPU, generated text with a known entropy</source>
        <translation>Bir işlemcide bir dakika; entropisi bilinen üretilmiş metin</translation>
    </message>
    <message>
        <source>The reported configuration as declared, for a T4; needs your text and Qwen3-0.6B</source>
        <translation>Bildirilen yapılandırma, ilan edildiği gibi, T4 için; metniniz ve Qwen3-0.6B gerekir</translation>
    </message>
    <message>
        <source>The reported configuration as it was really run; not causal, eight repeated sentences</source>
        <translation>Bildirilen yapılandırma, gerçekte koşulduğu gibi; nedensel değil, yinelenen sekiz tümce</translation>
    </message>
    <message>
        <source>t4 with a copy of the language model in each block, six in all</source>
        <translation>t4, her blokta dil modelinin bir kopyasıyla; toplam altı</translation>
    </message>
    <message>
        <source>12 layers, four kinds of experts, memory and introspection; needs your text and Qwen3-0.6B</source>
        <translation>12 katman, dört tür uzman, bellek ve içe bakış; metniniz ve Qwen3-0.6B gerekir</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Home</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>End</source>
        <translation>End</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Sol ok</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Sağ ok</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Yukarı ok</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Aşağı ok</translation>
    </message>
</context>
<context>
    <name>RunColumn</name>
    <message>
        <source>Id</source>
        <translation>No</translation>
    </message>
    <message>
        <source>The number by which the command line finds a run.</source>
        <translation>Komut satırının koşuyu bulduğu sayı.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Ad</translation>
    </message>
    <message>
        <source>The box shows the run in charts, in its colour. F2 renames it.</source>
        <translation>Kutu, koşuyu grafiklerde kendi rengiyle gösterir. F2 yeniden adlandırır.</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Durum</translation>
    </message>
    <message>
        <source>Live runs change by themselves.</source>
        <translation>Süren koşular kendiliğinden değişir.</translation>
    </message>
    <message>
        <source>★</source>
        <translation>★</translation>
    </message>
    <message>
        <source>A star marks what is worth keeping in sight (S).</source>
        <translation>Yıldız, göz önünde tutulmaya değer olanı işaretler (S).</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Etiketler</translation>
    </message>
    <message>
        <source>Words that runs have in common, with commas between them. F2 or a double click edits them.</source>
        <translation>Koşuların ortak sözcükleri, virgülle ayrılır. F2 ya da çift tıklama düzenler.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Not</translation>
    </message>
    <message>
        <source>What is to be remembered of the run. F2 or a double click edits it.</source>
        <translation>Koşu hakkında hatırlanacak olan. F2 ya da çift tıklama düzenler.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Neden</translation>
    </message>
    <message>
        <source>What was said when the run was started.</source>
        <translation>Koşu başlatılırken söylenen.</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Ön ayar</translation>
    </message>
    <message>
        <source>The preset that the run was made from.</source>
        <translation>Koşunun yapıldığı ön ayar.</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Kaynak</translation>
    </message>
    <message>
        <source>Trained here, or imported.</source>
        <translation>Burada eğitildi ya da içe aktarıldı.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Tohum</translation>
    </message>
    <message>
        <source>Runs that differ in it alone tell how much is chance.</source>
        <translation>Yalnızca bunda ayrılan koşular, ne kadarının rastlantı olduğunu söyler.</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Oluşturuldu</translation>
    </message>
    <message>
        <source>When the run was put in the queue.</source>
        <translation>Koşunun kuyruğa konduğu an.</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Başladı</translation>
    </message>
    <message>
        <source>When preparing it began.</source>
        <translation>Hazırlanmasının başladığı an.</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Bitti</translation>
    </message>
    <message>
        <source>When it ended.</source>
        <translation>Bittiği an.</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>Batches recorded.</source>
        <translation>Kaydedilen batch sayısı.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Adım sayısı</translation>
    </message>
    <message>
        <source>Optimizer steps: batches over the accumulation.</source>
        <translation>Optimizer adımları: batch sayısı bölü biriktirme.</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>Planlanan</translation>
    </message>
    <message>
        <source>Batches that it was to train.</source>
        <translation>Eğitmesi planlanan batch sayısı.</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Süre</translation>
    </message>
    <message>
        <source>From its start to its last batch.</source>
        <translation>Başlangıcından son batch&apos;ine kadar.</translation>
    </message>
    <message>
        <source>Best loss</source>
        <translation>En iyi kayıp</translation>
    </message>
    <message>
        <source>Best at</source>
        <translation>En iyi yeri</translation>
    </message>
    <message>
        <source>The batch of the best loss.</source>
        <translation>En iyi kaybın batch&apos;i.</translation>
    </message>
    <message>
        <source>First loss</source>
        <translation>İlk kayıp</translation>
    </message>
    <message>
        <source>Training loss of the first batch.</source>
        <translation>İlk batch&apos;in eğitim kaybı.</translation>
    </message>
    <message>
        <source>Raw minimum</source>
        <translation>Ham en küçük</translation>
    </message>
    <message>
        <source>The smallest training loss of one batch: a lucky batch counts as much as a good model.</source>
        <translation>Tek bir batch&apos;in en küçük eğitim kaybı: şanslı bir batch, iyi bir model kadar sayılır.</translation>
    </message>
    <message>
        <source>Raw min. at</source>
        <translation>Ham en küçük yeri</translation>
    </message>
    <message>
        <source>The batch of the raw minimum.</source>
        <translation>Ham en küçüğün batch&apos;i.</translation>
    </message>
    <message>
        <source>Last loss</source>
        <translation>Son kayıp</translation>
    </message>
    <message>
        <source>Training loss of the last batch.</source>
        <translation>Son batch&apos;in eğitim kaybı.</translation>
    </message>
    <message>
        <source>Mean last 20</source>
        <translation>Son 20 ortalaması</translation>
    </message>
    <message>
        <source>Mean training loss of the last 20 batches.</source>
        <translation>Son 20 batch&apos;in ortalama eğitim kaybı.</translation>
    </message>
    <message>
        <source>Best val.</source>
        <translation>En iyi doğr.</translation>
    </message>
    <message>
        <source>The best validation loss.</source>
        <translation>En iyi doğrulama kaybı.</translation>
    </message>
    <message>
        <source>Best val. at</source>
        <translation>En iyi doğr. yeri</translation>
    </message>
    <message>
        <source>The batch of the best validation loss.</source>
        <translation>En iyi doğrulama kaybının batch&apos;i.</translation>
    </message>
    <message>
        <source>Last val.</source>
        <translation>Son doğr.</translation>
    </message>
    <message>
        <source>The last validation loss.</source>
        <translation>Son doğrulama kaybı.</translation>
    </message>
    <message>
        <source>Peak, GB</source>
        <translation>Tepe, GB</translation>
    </message>
    <message>
        <source>Most memory in use at one time: of the device, or on a CPU of the process.</source>
        <translation>Bir anda en çok kullanılan bellek: cihazın, CPU&apos;da sürecin.</translation>
    </message>
    <message>
        <source>Tokens/s</source>
        <translation>Token/sn</translation>
    </message>
    <message>
        <source>Median over the batches after the third.</source>
        <translation>Üçüncüden sonraki batch&apos;lerin ortancası.</translation>
    </message>
    <message>
        <source>Batch, s</source>
        <translation>Batch, sn</translation>
    </message>
    <message>
        <source>Median time of a batch after the third.</source>
        <translation>Üçüncüden sonraki batch&apos;lerin ortanca süresi.</translation>
    </message>
    <message>
        <source>Not finite</source>
        <translation>Sonlu olmayan</translation>
    </message>
    <message>
        <source>Batches whose loss was NaN or infinite.</source>
        <translation>Kaybı NaN ya da sonsuz olan batch&apos;ler.</translation>
    </message>
    <message>
        <source>The best validation loss. Where none was measured, the raw minimum, marked as such.</source>
        <translation>En iyi doğrulama kaybı. Ölçülmediyse ham en küçük, öyle işaretli.</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Grup</translation>
    </message>
    <message>
        <source>What it was ordered together with others as, such as the cells of a grid.</source>
        <translation>Başkalarıyla birlikte hangi adla verildiği: bir ızgaranın gözleri gibi.</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Makine</translation>
    </message>
    <message>
        <source>The machine that it ran on.</source>
        <translation>Üzerinde çalıştığı makine.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Neden</translation>
    </message>
    <message>
        <source>Why it ended before its planned end: what failed or diverged, or what stopped it. Empty where a person did.</source>
        <translation>Planlanan sonundan önce neden bittiği: neyin başarısız olduğu ya da ıraksadığı veya onu neyin durdurduğu. Bir kişi durdurduysa boştur.</translation>
    </message>
</context>
<context>
    <name>RunGroup</name>
    <message>
        <source>none</source>
        <translation>yok</translation>
    </message>
</context>
<context>
    <name>RunStatus</name>
    <message>
        <source>queued</source>
        <translation>sırada</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>hazırlanıyor</translation>
    </message>
    <message>
        <source>running</source>
        <translation>sürüyor</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>duraklatıldı</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>durduruluyor</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>tamamlandı</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>durduruldu</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>hata verdi</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>ıraksadı</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>yarıda kaldı</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>referans</translation>
    </message>
</context>
<context>
    <name>StorageError</name>
    <message>
        <source>%1 is not a database. Choose another file, or a new name.</source>
        <translation>%1 bir veritabanı değil. Başka bir dosya seçin ya da yeni bir ad verin.</translation>
    </message>
    <message>
        <source>%1 is the database of another program. Choose another file, or a new name.</source>
        <translation>%1 başka bir programın veritabanı. Başka bir dosya seçin ya da yeni bir ad verin.</translation>
    </message>
    <message>
        <source>%1 was written by a newer Nabız. Update this program, or choose another file.</source>
        <translation>%1 daha yeni bir Nabız ile yazılmış. Programı güncelleyin ya da başka bir dosya seçin.</translation>
    </message>
    <message>
        <source>%1 cannot be written to. Change its permissions, or choose another file.</source>
        <translation>%1 dosyasına yazılamıyor. İzinlerini değiştirin ya da başka bir dosya seçin.</translation>
    </message>
    <message>
        <source>The disk of %1 is full. Make room on it.</source>
        <translation>%1 dosyasının bulunduğu disk dolu. Yer açın.</translation>
    </message>
    <message>
        <source>%1 is held by another program. Wait until it has ended, or choose another file.</source>
        <translation>%1 başka bir program tarafından tutuluyor. Bitmesini bekleyin ya da başka bir dosya seçin.</translation>
    </message>
    <message>
        <source>%1 is not there. Choose another file.</source>
        <translation>%1 yerinde yok. Başka bir dosya seçin.</translation>
    </message>
    <message>
        <source>%1 is damaged. Choose another file, or restore this one from a copy.</source>
        <translation>%1 bozuk. Başka bir dosya seçin ya da bunu bir kopyadan geri yükleyin.</translation>
    </message>
    <message>
        <source>%1 cannot be read or written (%2).</source>
        <translation>%1 okunamıyor ya da yazılamıyor (%2).</translation>
    </message>
    <message>
        <source>%1 lies on a disk of another machine (%2), where a database can only be read. Choose a file on a disk of this machine.</source>
        <translation>%1 başka bir makinenin diskinde (%2); orada bir veritabanı yalnızca okunabilir. Bu makinenin diskinde bir dosya seçin.</translation>
    </message>
</context>
<context>
    <name>nabiz::app::ControllerThread</name>
    <message>
        <source>No database is open. Open one with File &gt; Open Database.</source>
        <translation>Açık bir veritabanı yok. Dosya &gt; Veritabanı aç ile bir tane açın.</translation>
    </message>
    <message>
        <source>Another database cannot be opened while a run is live. Stop it first, or wait.</source>
        <translation>Bir koşu sürerken başka bir veritabanı açılamaz. Önce durdurun ya da bekleyin.</translation>
    </message>
    <message>
        <source>It is open to be read only.</source>
        <translation>Yalnızca okunmak üzere açık.</translation>
    </message>
</context>
<context>
    <name>nabiz::app::DiagnosisDesk</name>
    <message>
        <source>Nabız has ended by a fault of its own. What helps to find it can be put into one file to send: without home folders, the text of data, or secrets.</source>
        <translation>Nabız kendi hatası yüzünden sonlandı. Hatayı bulmaya yarayanlar gönderilecek tek bir dosyaya konabilir: ev klasörleri, veri metinleri ve gizli bilgiler olmadan.</translation>
    </message>
    <message>
        <source>Save a &amp;diagnosis…</source>
        <translation>&amp;Tanı dosyası kaydet…</translation>
    </message>
    <message>
        <source>A file for the diagnosis</source>
        <translation>Tanı için bir dosya</translation>
    </message>
    <message>
        <source>Zip files (*.zip)</source>
        <translation>Zip dosyaları (*.zip)</translation>
    </message>
    <message>
        <source>%1 is written; look at it before you send it.</source>
        <translation>%1 yazıldı; göndermeden önce içine bakın.</translation>
    </message>
</context>
<context>
    <name>nabiz::app::EndNotice</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Loss %1 after %2 batches.</source>
        <translation>%2 batch sonunda kayıp: %1.</translation>
    </message>
    <message>
        <source>The queue is done</source>
        <translation>Kuyruk bitti</translation>
    </message>
    <message>
        <source>%1 finished, %2 did not.</source>
        <translation>%1 koşu bitti, %2 koşu bitmedi.</translation>
    </message>
</context>
<context>
    <name>nabiz::app::FollowDesk</name>
    <message>
        <source>What other programs wrote waits: %1</source>
        <translation>Başka programların yazdıkları bekliyor: %1</translation>
    </message>
</context>
<context>
    <name>nabiz::app::GuardDesk</name>
    <message>
        <source>After a crash this run goes on by itself only while nabiz guard runs, and it does not.</source>
        <translation>Bu koşu bir çökmeden sonra ancak nabiz guard çalışırken kendiliğinden sürer; o ise çalışmıyor.</translation>
    </message>
    <message>
        <source>&amp;Set it up…</source>
        <translation>&amp;Kur…</translation>
    </message>
</context>
<context>
    <name>nabiz::app::LayoutKeeper</name>
    <message>
        <source>Another window has changed the layout %1 since: it was not deleted.</source>
        <translation>Başka bir pencere %1 düzenini bu arada değiştirdi: silinmedi.</translation>
    </message>
    <message>
        <source>Another window has changed the layout %1 since: yours is kept as %2.</source>
        <translation>Başka bir pencere %1 düzenini bu arada değiştirdi: sizinki %2 olarak saklandı.</translation>
    </message>
</context>
<context>
    <name>nabiz::app::RunEditor</name>
    <message>
        <source>Run %1 is live and stays out of the trash: stop it first.</source>
        <translation>%1 numaralı koşu sürüyor ve çöpe atılmadı: önce durdurun.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) imported</source>
        <translation>
            <numerusform>%n koşu içe aktarıldı</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new point(s).</source>
        <translation>
            <numerusform>%n yeni nokta.</numerusform>
        </translation>
    </message>
    <message>
        <source>Skipped: %1 (%2).</source>
        <translation>Atlandı: %1 (%2).</translation>
    </message>
</context>
<context>
    <name>nabiz::app::SampleDesk</name>
    <message>
        <source>A text is being written from the checkpoint…</source>
        <translation>Kontrol noktasından bir metin yazılıyor…</translation>
    </message>
    <message>
        <source>No text was written: %1</source>
        <translation>Metin yazılmadı: %1</translation>
    </message>
</context>
<context>
    <name>nabiz::app::TroubleDesk</name>
    <message>
        <source>Points cannot be written, and wait in memory: %1</source>
        <translation>Noktalar yazılamıyor, bellekte bekliyor: %1</translation>
    </message>
    <message>
        <source>%1 was moved, deleted or replaced. Its runs and points are kept in memory; put it back, or go on in another file.</source>
        <translation>%1 taşındı, silindi ya da değiştirildi. Çalıştırmaları ve noktaları bellekte duruyor; dosyayı yerine koyun ya da başka bir dosyada sürdürün.</translation>
    </message>
    <message numerus="yes">
        <source>Writing works again: the %n batch(es) that waited are in the database.</source>
        <translation>
            <numerusform>Yazma yeniden çalışıyor: bekleyen %n batch veritabanında.</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing works again.</source>
        <translation>Yazma yeniden çalışıyor.</translation>
    </message>
    <message>
        <source>A change could not be kept: %1</source>
        <translation>Bir değişiklik saklanamadı: %1</translation>
    </message>
    <message>
        <source>The folder %1 could not be deleted: delete it by hand.</source>
        <translation>%1 klasörü silinemedi: elle silin.</translation>
    </message>
    <message numerus="yes">
        <source>%n batch(es) can be kept nowhere, and closing loses them. Make room first. (%1)</source>
        <translation>
            <numerusform>%n batch hiçbir yere saklanamıyor; kapatılırsa kaybolur. Önce yer açın. (%1)</numerusform>
        </translation>
    </message>
    <message>
        <source>Close and Lose Them</source>
        <translation>Kapat, kaybolsun</translation>
    </message>
</context>
<context>
    <name>nabiz::app::WindowController</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>All of it is in %1 now.</source>
        <translation>Hepsi artık %1 dosyasında.</translation>
    </message>
</context>
<context>
    <name>nabiz::ui</name>
    <message>
        <source>entropy of the text %1</source>
        <translation>metnin entropisi %1</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Kayıp</translation>
    </message>
    <message>
        <source>nats a byte</source>
        <translation>nat/bayt</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Bellek</translation>
    </message>
    <message>
        <source>GB on the device</source>
        <translation>aygıtta GB</translation>
    </message>
    <message>
        <source>GB of this process</source>
        <translation>bu süreçte GB</translation>
    </message>
    <message>
        <source>allocated</source>
        <translation>ayrılan</translation>
    </message>
    <message>
        <source>peak</source>
        <translation>tepe</translation>
    </message>
    <message>
        <source>reserved</source>
        <translation>rezerve</translation>
    </message>
    <message>
        <source>other programs</source>
        <translation>diğer programlar</translation>
    </message>
    <message>
        <source>process</source>
        <translation>süreç</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>batch</translation>
    </message>
    <message>
        <source>step</source>
        <translation>adım</translation>
    </message>
    <message>
        <source>time</source>
        <translation>zaman</translation>
    </message>
    <message>
        <source>no smoothing</source>
        <translation>yumuşatma yok</translation>
    </message>
    <message>
        <source>curve</source>
        <translation>eğri</translation>
    </message>
    <message>
        <source>value</source>
        <translation>değer</translation>
    </message>
    <message>
        <source>smoothed</source>
        <translation>yumuşatılmış</translation>
    </message>
    <message>
        <source>difference to the first</source>
        <translation>birinciden farkı</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>devir</translation>
    </message>
    <message>
        <source>time with pauses</source>
        <translation>duraklamalı süre</translation>
    </message>
    <message>
        <source>date and time</source>
        <translation>tarih ve saat</translation>
    </message>
    <message>
        <source>evaluation</source>
        <translation>değerlendirme</translation>
    </message>
    <message>
        <source>checkpoint</source>
        <translation>kontrol noktası</translation>
    </message>
    <message>
        <source>went on after a pause</source>
        <translation>duraklamadan sonra sürdürüldü</translation>
    </message>
    <message>
        <source>change of the learning rate</source>
        <translation>öğrenme oranı değişti</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>uyarı</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>validation loss at batch %1, to which all came</source>
        <translation>hepsinin ulaştığı batch %1 için doğrulama kaybı</translation>
    </message>
    <message>
        <source>loss, mean of %2, at batch %1, to which all came</source>
        <translation>hepsinin ulaştığı batch %1 için kayıp, %2 ortalaması</translation>
    </message>
    <message>
        <source>validation loss after %1, for which all ran</source>
        <translation>hepsinin koştuğu %1 sonunda doğrulama kaybı</translation>
    </message>
    <message>
        <source>loss, mean of %2, after %1, for which all ran</source>
        <translation>hepsinin koştuğu %1 sonunda kayıp, %2 ortalaması</translation>
    </message>
    <message>
        <source>validation loss within %1 of memory</source>
        <translation>%1 bellek içinde doğrulama kaybı</translation>
    </message>
    <message>
        <source>loss, mean of %2, within %1 of memory</source>
        <translation>%1 bellek içinde kayıp, %2 ortalaması</translation>
    </message>
    <message>
        <source>validation loss, best</source>
        <translation>doğrulama kaybı, en iyi</translation>
    </message>
    <message>
        <source>validation loss, last</source>
        <translation>doğrulama kaybı, son</translation>
    </message>
    <message>
        <source>loss, best mean of %1</source>
        <translation>kayıp, en iyi %1 ortalaması</translation>
    </message>
    <message>
        <source>loss, mean of last %1</source>
        <translation>kayıp, son %1 ortalaması</translation>
    </message>
    <message>
        <source>loss, lowest single batch</source>
        <translation>kayıp, en düşük tek batch</translation>
    </message>
    <message>
        <source>loss, last single batch</source>
        <translation>kayıp, son tek batch</translation>
    </message>
    <message>
        <source>batch at which %1 is reached</source>
        <translation>%1 değerine ulaşılan batch</translation>
    </message>
    <message>
        <source>time until %1 is reached</source>
        <translation>%1 değerine ulaşma süresi</translation>
    </message>
    <message>
        <source>peak memory</source>
        <translation>tepe bellek</translation>
    </message>
    <message>
        <source>time a batch, median</source>
        <translation>batch süresi, medyan</translation>
    </message>
    <message>
        <source>tokens a second, median</source>
        <translation>token/sn, medyan</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>batch</translation>
    </message>
    <message>
        <source>duration</source>
        <translation>süre</translation>
    </message>
    <message>
        <source>The smallest loss of any one batch. It is luck in part: an easy batch gives a low loss.</source>
        <translation>Tek bir batch&apos;in en küçük kaybı. Kısmen şanstır: kolay bir batch düşük kayıp verir.</translation>
    </message>
    <message>
        <source>Where the validation loss was first as low as the baseline&apos;s best.</source>
        <translation>Doğrulama kaybının temel koşunun en iyisine ilk kez indiği yer.</translation>
    </message>
    <message>
        <source>Where the mean loss of %1 batches was first as low as the baseline&apos;s best.</source>
        <translation>%1 batch&apos;lik ortalama kaybın temel koşunun en iyisine ilk kez indiği yer.</translation>
    </message>
    <message>
        <source>What each had reached before it took more than 5 % above the smallest peak of them all: what a device with just that memory would have got. A dash: it needs more from the start.</source>
        <translation>Her birinin, hepsinin en küçük tepe belleğini % 5&apos;ten çok aşmadan önce ulaştığı kayıp: yalnızca o kadar belleği olan bir aygıtın varacağı yer. Çizgi: baştan daha çoğunu ister.</translation>
    </message>
    <message>
        <source>%1 × sooner</source>
        <translation>%1 × daha erken</translation>
    </message>
    <message>
        <source>%1 × later</source>
        <translation>%1 × daha geç</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>batch %1</translation>
    </message>
    <message>
        <source>The run is being read.</source>
        <translation>Koşu okunuyor.</translation>
    </message>
    <message>
        <source>%1 was entered from a page: there is nothing to run again.</source>
        <translation>%1 bir sayfadan girildi: yeniden koşulacak bir şey yok.</translation>
    </message>
    <message>
        <source>%1 was imported: there is nothing to run again.</source>
        <translation>%1 içe aktarıldı: yeniden koşulacak bir şey yok.</translation>
    </message>
    <message>
        <source>%1 has a setting that this version does not know: %2.</source>
        <translation>%1 koşusunda bu sürümün bilmediği bir ayar var: %2.</translation>
    </message>
    <message>
        <source>%1 has no settings stored.</source>
        <translation>%1 koşusunun saklanmış ayarı yok.</translation>
    </message>
    <message>
        <source>%1 reaches %2&apos;s best validation loss at the same batch.</source>
        <translation>%1, %2 koşusunun en iyi doğrulama kaybına aynı batch&apos;te ulaşıyor.</translation>
    </message>
    <message>
        <source>%1 reaches %2&apos;s best mean loss at the same batch.</source>
        <translation>%1, %2 koşusunun en iyi ortalama kaybına aynı batch&apos;te ulaşıyor.</translation>
    </message>
    <message>
        <source>%1 reaches %2&apos;s best validation loss %3.</source>
        <translation>%1, %2 koşusunun en iyi doğrulama kaybına %3 ulaşıyor.</translation>
    </message>
    <message>
        <source>%1 reaches %2&apos;s best mean loss %3.</source>
        <translation>%1, %2 koşusunun en iyi ortalama kaybına %3 ulaşıyor.</translation>
    </message>
    <message>
        <source>%1 reaches %2&apos;s best validation loss %3, in time %4.</source>
        <translation>%1, %2 koşusunun en iyi doğrulama kaybına %3, süre olarak %4 ulaşıyor.</translation>
    </message>
    <message>
        <source>%1 reaches %2&apos;s best mean loss %3, in time %4.</source>
        <translation>%1, %2 koşusunun en iyi ortalama kaybına %3, süre olarak %4 ulaşıyor.</translation>
    </message>
    <message>
        <source>at the same batch</source>
        <translation>aynı batch&apos;te</translation>
    </message>
    <message>
        <source>These runs differ only in their seed: what differs between them is luck.</source>
        <translation>Bu koşular yalnızca tohumda ayrılıyor: aralarındaki fark şanstır.</translation>
    </message>
    <message>
        <source>No loss to compare yet.</source>
        <translation>Henüz karşılaştırılacak bir kayıp yok.</translation>
    </message>
    <message>
        <source>%1 does not reach %2&apos;s best validation loss, %3.</source>
        <translation>%1, %2 koşusunun en iyi doğrulama kaybına (%3) ulaşmıyor.</translation>
    </message>
    <message>
        <source>%1 does not reach %2&apos;s best mean loss, %3.</source>
        <translation>%1, %2 koşusunun en iyi ortalama kaybına (%3) ulaşmıyor.</translation>
    </message>
    <message>
        <source>One seed each: it cannot be told from luck.</source>
        <translation>Her birinden tek tohum: şanstan ayırt edilemez.</translation>
    </message>
    <message>
        <source>n = %1 and %2 finished: below two seeds a side it cannot be told from luck.</source>
        <translation>tamamlanan n = %1 ve %2: her yanda iki tohumdan azıyla şanstan ayırt edilemez.</translation>
    </message>
    <message>
        <source>Final validation loss %1 against %2 (95 %: %3 to %4; n = %5 and %6):</source>
        <translation>Son doğrulama kaybı, %2 karşısında %1 (yüzde 95: %3 – %4; n = %5 ve %6):</translation>
    </message>
    <message>
        <source>Final mean loss %1 against %2 (95 %: %3 to %4; n = %5 and %6):</source>
        <translation>Son ortalama kayıp, %2 karşısında %1 (yüzde 95: %3 – %4; n = %5 ve %6):</translation>
    </message>
    <message>
        <source>better, by more than luck.</source>
        <translation>daha iyi; fark rastlantıyla açıklanamaz.</translation>
    </message>
    <message>
        <source>worse, by more than luck.</source>
        <translation>daha kötü; fark rastlantıyla açıklanamaz.</translation>
    </message>
    <message>
        <source>cannot tell, seeds alone differ as much.</source>
        <translation>ayırt edilemez, tohumlar tek başına bu kadar fark eder.</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 ve %2 koşu daha</translation>
    </message>
    <message>
        <source>Trained on another text than the baseline: %1.</source>
        <translation>Temel koşudan başka bir metinle eğitildi: %1.</translation>
    </message>
    <message>
        <source>Validated on other samples than the baseline: %1.</source>
        <translation>Temel koşudan başka örneklerle doğrulandı: %1.</translation>
    </message>
    <message>
        <source>Another seed than the baseline&apos;s: %1.</source>
        <translation>Tohumu temel koşununkinden farklı: %1.</translation>
    </message>
    <message>
        <source>Not finished: %1.</source>
        <translation>Tamamlanmadı: %1.</translation>
    </message>
    <message>
        <source>Figures from a page, not measured here: %1.</source>
        <translation>Bir sayfadan alınmış değerler, burada ölçülmedi: %1.</translation>
    </message>
    <message>
        <source>Imported, not trained here: %1.</source>
        <translation>İçe aktarıldı, burada eğitilmedi: %1.</translation>
    </message>
    <message>
        <source>line: mean of the seeds; band: lowest to highest of them</source>
        <translation>çizgi: tohumların ortalaması; bant: en düşüğünden en yükseğine</translation>
    </message>
    <message>
        <source>%1 left out: the length of its epochs is not known</source>
        <translation>%1 çizilmedi: devir uzunluğu bilinmiyor</translation>
    </message>
    <message>
        <source>%1 left out: when it ran is not known</source>
        <translation>%1 çizilmedi: ne zaman çalıştığı bilinmiyor</translation>
    </message>
    <message>
        <source>learning rate %1 → %2</source>
        <translation>öğrenme oranı %1 → %2</translation>
    </message>
    <message>
        <source>learning rate at its highest, %1</source>
        <translation>öğrenme oranı en yüksek değerinde, %1</translation>
    </message>
    <message>
        <source>checkpoint, %1</source>
        <translation>kontrol noktası, %1</translation>
    </message>
    <message>
        <source>%1 does not reach %2&apos;s best validation loss, %3; %2 reaches its best %4.</source>
        <translation>%1, %2 koşusunun en iyi doğrulama kaybına (%3) ulaşmıyor; %2 onun en iyisine %4 ulaşıyor.</translation>
    </message>
    <message>
        <source>%1 does not reach %2&apos;s best mean loss, %3; %2 reaches its best %4.</source>
        <translation>%1, %2 koşusunun en iyi ortalama kaybına (%3) ulaşmıyor; %2 onun en iyisine %4 ulaşıyor.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Öğrenme oranı</translation>
    </message>
    <message>
        <source>mean of %1 batches</source>
        <translation>%1 batch ortalaması</translation>
    </message>
    <message>
        <source>exponential, %1</source>
        <translation>üstel, %1</translation>
    </message>
    <message>
        <source>other text</source>
        <translation>başka metin</translation>
    </message>
    <message>
        <source>other validation text</source>
        <translation>başka doğrulama metni</translation>
    </message>
    <message>
        <source>other unit</source>
        <translation>başka birim</translation>
    </message>
    <message>
        <source>%1 and %2 were trained on different texts: their losses say nothing of each other.</source>
        <translation>%1 ve %2 farklı metinlerle eğitildi: kayıpları birbiri hakkında bir şey söylemez.</translation>
    </message>
    <message>
        <source>%1 and %2 were validated on different texts: their validation losses say nothing of each other.</source>
        <translation>%1 ve %2 farklı metinlerle doğrulandı: doğrulama kayıpları birbiri hakkında bir şey söylemez.</translation>
    </message>
    <message>
        <source>However often it is looked at, at evaluation %1 of %2 (n = %3 and %4):</source>
        <translation>Ne kadar sık bakılırsa bakılsın, %2 değerlendirmenin %1. sinde (n = %3 ve %4):</translation>
    </message>
    <message>
        <source>However often it is looked at (n = %1 and %2):</source>
        <translation>Ne kadar sık bakılırsa bakılsın (n = %1 ve %2):</translation>
    </message>
    <message>
        <source>%1 (95 %: %2 to %3),</source>
        <translation>%1 (yüzde 95: %2 ile %3 arası),</translation>
    </message>
    <message>
        <source>better.</source>
        <translation>daha iyi.</translation>
    </message>
    <message>
        <source>worse.</source>
        <translation>daha kötü.</translation>
    </message>
    <message>
        <source>cannot tell yet.</source>
        <translation>henüz söylenemez.</translation>
    </message>
    <message>
        <source>so few seeds can tell nothing.</source>
        <translation>bu kadar az tohum bir şey söyleyemez.</translation>
    </message>
    <message>
        <source>A difference of this size takes about %1 seeds a side.</source>
        <translation>Bu büyüklükte bir fark, yan başına yaklaşık %1 tohum ister.</translation>
    </message>
    <message>
        <source>rank %1</source>
        <translation>süreç %1</translation>
    </message>
    <message>
        <source>The losses of %1 and %2 are not known to be in one unit: they say nothing of each other.</source>
        <translation>%1 ve %2 kayıplarının birimlerinin aynı olduğu bilinmiyor: birbiri hakkında bir şey söylemezler.</translation>
    </message>
    <message>
        <source>the units differ, or are not known of some: only the shapes may be compared</source>
        <translation>birimler farklı ya da bazılarınınki bilinmiyor: yalnızca eğrilerin biçimi karşılaştırılabilir</translation>
    </message>
    <message>
        <source>fingerprint of the text</source>
        <translation>metnin parmak izi</translation>
    </message>
    <message>
        <source>fingerprint of the validation text</source>
        <translation>doğrulama metninin parmak izi</translation>
    </message>
    <message>
        <source>commit of the tracked folder</source>
        <translation>izlenen klasörün commit&apos;i</translation>
    </message>
    <message>
        <source>changes in the tracked folder</source>
        <translation>izlenen klasördeki değişiklikler</translation>
    </message>
    <message>
        <source>fingerprint of these changes</source>
        <translation>bu değişikliklerin parmak izi</translation>
    </message>
    <message>
        <source>peak memory %1 → %2%3</source>
        <translation>bellek tepesi %1 → %2%3</translation>
    </message>
    <message>
        <source>best validation loss %1 → %2%3</source>
        <translation>en iyi doğrulama kaybı %1 → %2%3</translation>
    </message>
    <message>
        <source>mean of the last losses %1 → %2%3</source>
        <translation>son kayıpların ortalaması %1 → %2%3</translation>
    </message>
    <message>
        <source>Since %1, which it was made from:</source>
        <translation>Yapıldığı koşudan (%1) bu yana:</translation>
    </message>
    <message>
        <source>Since %1, the last one of the same preset:</source>
        <translation>Aynı önayarın bir önceki koşusundan (%1) bu yana:</translation>
    </message>
    <message>
        <source>no setting, nor the text, the program or the machine</source>
        <translation>ne bir ayar ne metin, program ya da makine değişti</translation>
    </message>
    <message>
        <source>What came of it: %1</source>
        <translation>Sonucu: %1</translation>
    </message>
    <message>
        <source>%1 %2 after %3 batches.</source>
        <translation>%1, %3 batch sonra: %2.</translation>
    </message>
    <message>
        <source>Its memory peaked at %1.</source>
        <translation>Belleği en çok %1 oldu.</translation>
    </message>
    <message>
        <source>peak memory %1</source>
        <translation>bellek tepesi %1</translation>
    </message>
    <message>
        <source>Gone on with after a break, see its events: %1.</source>
        <translation>Bir aradan sonra sürdürüldü, olaylarına bakın: %1.</translation>
    </message>
    <message>
        <source>predicted %1</source>
        <translation>öngörülen %1</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
    <message>
        <source>not recorded: %1</source>
        <translation>kaydedilmemiş: %1</translation>
    </message>
    <message>
        <source>curves left out: %1</source>
        <translation>dışarıda kalan eğriler: %1</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::AuditCard</name>
    <message>
        <source>Warning</source>
        <translation>Uyarı</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Not</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Denetim</translation>
    </message>
    <message>
        <source>Nothing suspicious</source>
        <translation>Şüpheli bir şey yok</translation>
    </message>
    <message>
        <source>In order: %1</source>
        <translation>Yolunda: %1</translation>
    </message>
    <message>
        <source>What makes a loss suspicious will stand here before the first batch.</source>
        <translation>Kaybı şüpheli kılan ne varsa, ilk batch&apos;ten önce burada görünür.</translation>
    </message>
    <message>
        <source>This run was not audited.</source>
        <translation>Bu koşu denetlenmedi.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ChangeCard</name>
    <message>
        <source>Changed from %1</source>
        <translation>Temel alınan: %1</translation>
    </message>
    <message>
        <source>No setting differs.</source>
        <translation>Hiçbir ayar farklı değil.</translation>
    </message>
    <message>
        <source>No loss to compare yet.</source>
        <translation>Henüz karşılaştırılacak bir kayıp yok.</translation>
    </message>
    <message>
        <source>At batch %1 the loss is the same.</source>
        <translation>Batch %1: kayıp aynı.</translation>
    </message>
    <message>
        <source>At batch %1 the loss is %2 lower.</source>
        <translation>Batch %1: kayıp %2 daha düşük.</translation>
    </message>
    <message>
        <source>At batch %1 the loss is %2 higher.</source>
        <translation>Batch %1: kayıp %2 daha yüksek.</translation>
    </message>
    <message>
        <source>Reading the run it was made from…</source>
        <translation>Türetildiği koşu okunuyor…</translation>
    </message>
    <message>
        <source>Trained on different texts: their losses say nothing of each other.</source>
        <translation>Farklı metinlerle eğitildiler: kayıpları birbiri hakkında bir şey söylemez.</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ChartSaveDialog</name>
    <message>
        <source>Save charts</source>
        <translation>Grafikleri kaydet</translation>
    </message>
    <message>
        <source>PNG, a picture</source>
        <translation>PNG, resim</translation>
    </message>
    <message>
        <source>SVG, a drawing</source>
        <translation>SVG, çizim</translation>
    </message>
    <message>
        <source>CSV, the numbers as recorded</source>
        <translation>CSV, kaydedildiği gibi sayılar</translation>
    </message>
    <message>
        <source>&amp;All charts of this page, a file each</source>
        <translation>Bu sayfanın &amp;tüm grafikleri, her biri bir dosya</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Kaydet</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>Kapa&amp;t</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Dosya</translation>
    </message>
    <message>
        <source>Fo&amp;rmat</source>
        <translation>&amp;Biçim</translation>
    </message>
    <message>
        <source>Si&amp;ze and scale</source>
        <translation>Bo&amp;yut ve ölçek</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Dosya</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Biçim</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>Piksel olarak genişlik</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>Piksel olarak yükseklik</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Ölçek</translation>
    </message>
    <message>
        <source>The points of “%1” are still being read. Try again in a moment.</source>
        <translation>“%1” grafiğinin noktaları hâlâ okunuyor. Biraz sonra yeniden deneyin.</translation>
    </message>
    <message>
        <source>Name a file.</source>
        <translation>Bir dosya adı verin.</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Kaydedildi: %1</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>&amp;Gözat…</translation>
    </message>
    <message>
        <source>&amp;Only the visible range</source>
        <translation>&amp;Yalnız görünen aralık</translation>
    </message>
    <message>
        <source>Ca&amp;ncel</source>
        <translation>İ&amp;ptal</translation>
    </message>
    <message>
        <source>How much is written</source>
        <translation>Ne kadarı yazıldı</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was written.</source>
        <translation>İptal edildi. Hiçbir şey yazılmadı.</translation>
    </message>
    <message>
        <source>Another file is being written. Try again in a moment.</source>
        <translation>Başka bir dosya yazılıyor. Biraz sonra yeniden deneyin.</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ChartTools</name>
    <message>
        <source>Show all</source>
        <translation>Tümünü göster</translation>
    </message>
    <message>
        <source>Following</source>
        <translation>İzleniyor</translation>
    </message>
    <message>
        <source>Following paused</source>
        <translation>İzleme duraklatıldı</translation>
    </message>
    <message>
        <source>log y</source>
        <translation>log y</translation>
    </message>
    <message>
        <source>Logarithmic loss axis (L)</source>
        <translation>Logaritmik kayıp ekseni (L)</translation>
    </message>
    <message>
        <source>Unit of the x axis</source>
        <translation>x ekseninin birimi</translation>
    </message>
    <message>
        <source>Smoothing of the loss</source>
        <translation>Kaybın yumuşatılması</translation>
    </message>
    <message>
        <source>Show the whole run and go along with it (End)</source>
        <translation>Bütün koşuyu göster ve ilerledikçe izle (End)</translation>
    </message>
    <message>
        <source>Show the whole run (Home)</source>
        <translation>Bütün koşuyu göster (Home)</translation>
    </message>
    <message>
        <source>x: %1</source>
        <translation>x: %1</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ChartViewMenu</name>
    <message>
        <source>&amp;All of it</source>
        <translation>&amp;Tümü</translation>
    </message>
    <message>
        <source>The last %1</source>
        <translation>Son %1</translation>
    </message>
    <message>
        <source>The last %1 (%2)</source>
        <translation>Son %1 (%2)</translation>
    </message>
    <message>
        <source>View ▾</source>
        <translation>Görünüm ▾</translation>
    </message>
    <message>
        <source>How the charts are drawn</source>
        <translation>Grafikler nasıl çizilsin</translation>
    </message>
    <message>
        <source>&amp;Follow</source>
        <translation>İ&amp;zle</translation>
    </message>
    <message>
        <source>Logarithmic &amp;x axis</source>
        <translation>Logaritmik &amp;x ekseni</translation>
    </message>
    <message>
        <source>Clip &amp;outliers</source>
        <translation>Aykırı değerleri kı&amp;rp</translation>
    </message>
    <message>
        <source>&amp;Marks of what happened</source>
        <translation>&amp;Olanların işaretleri</translation>
    </message>
    <message>
        <source>Chart of the &amp;learning rate</source>
        <translation>Öğrenme oranı gra&amp;fiği</translation>
    </message>
    <message>
        <source>One x ran&amp;ge for all charts</source>
        <translation>&amp;Bütün grafiklere tek x aralığı</translation>
    </message>
    <message>
        <source>&amp;Values beside the cursor</source>
        <translation>İmlecin yanında &amp;değerler</translation>
    </message>
    <message>
        <source>Copy the loss as a &amp;picture</source>
        <translation>Ka&amp;ybı resim olarak kopyala</translation>
    </message>
    <message>
        <source>&amp;Save charts…</source>
        <translation>Grafikleri &amp;kaydet…</translation>
    </message>
    <message>
        <source>What &amp;are the marks?</source>
        <translation>İşaret&amp;ler nedir?</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::CheckpointsCard</name>
    <message>
        <source>Checkpoints (%1)</source>
        <translation>Kontrol noktaları (%1)</translation>
    </message>
    <message>
        <source>batch %1</source>
        <translation>batch %1</translation>
    </message>
    <message>
        <source>%1 ★ best</source>
        <translation>%1 ★ en iyi</translation>
    </message>
    <message>
        <source>Its folder is not there any more.</source>
        <translation>Klasörü artık yerinde değil.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Klasör</translation>
    </message>
    <message>
        <source>Start from it</source>
        <translation>Buradan başla</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ChoicePopup</name>
    <message>
        <source>Search</source>
        <translation>Ara</translation>
    </message>
    <message>
        <source>Nothing has this name.</source>
        <translation>Bu adda bir şey yok.</translation>
    </message>
    <message>
        <source>Search, or a new one</source>
        <translation>Ara ya da yeni birini yaz</translation>
    </message>
    <message>
        <source>Type a new one.</source>
        <translation>Yeni birini yazın.</translation>
    </message>
    <message>
        <source>Enter adds “%1”.</source>
        <translation>Enter “%1” ekler.</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::CloseDialog</name>
    <message>
        <source>Nabız</source>
        <translation>Nabız</translation>
    </message>
    <message>
        <source>%1 is training</source>
        <translation>%1 eğitiliyor</translation>
    </message>
    <message>
        <source>&amp;Keep running</source>
        <translation>Çalışmayı &amp;sürdür</translation>
    </message>
    <message>
        <source>&amp;Stop and save</source>
        <translation>&amp;Durdur ve kaydet</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Vazgeç</translation>
    </message>
    <message>
        <source>Keep running: the window is minimised, and training goes on. Stop and save: it ends after this batch with a checkpoint, and Nabız closes.</source>
        <translation>Sürdür: pencere küçültülür, eğitim devam eder. Durdur ve kaydet: bu batch&apos;ten sonra bir kontrol noktasıyla biter ve Nabız kapanır.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) stay in the queue for next time.</source>
        <translation>
            <numerusform>%n koşu bir dahaki sefere kuyrukta kalır.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::CompareDetails</name>
    <message>
        <source>Settings and results</source>
        <translation>Ayarlar ve sonuçlar</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>Metinler</translation>
    </message>
    <message>
        <source>Scatter</source>
        <translation>Saçılım</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Izgara</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::CompareGrid</name>
    <message numerus="yes">
        <source>%n seed(s)</source>
        <translation>
            <numerusform>%n tohum</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to come</source>
        <translation>
            <numerusform>%n beklenen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed or diverged</source>
        <translation>
            <numerusform>%n başarısız ya da ıraksak</numerusform>
        </translation>
    </message>
    <message>
        <source>best validation loss</source>
        <translation>en iyi doğrulama kaybı</translation>
    </message>
    <message>
        <source>mean of the last losses</source>
        <translation>son kayıpların ortalaması</translation>
    </message>
    <message>
        <source>The cells of the grid</source>
        <translation>Izgaranın gözleri</translation>
    </message>
    <message>
        <source>no groups yet</source>
        <translation>henüz grup yok</translation>
    </message>
    <message>
        <source>the runs compared</source>
        <translation>karşılaştırılan koşular</translation>
    </message>
    <message>
        <source>Best validation loss</source>
        <translation>En iyi doğrulama kaybı</translation>
    </message>
    <message>
        <source>Mean of the last losses</source>
        <translation>Son kayıpların ortalaması</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Tohumlar</translation>
    </message>
    <message>
        <source>These runs differ in no setting but the seed: there is one cell.</source>
        <translation>Bu koşular tohumdan başka bir ayarda ayrılmıyor: tek bir göz var.</translation>
    </message>
    <message>
        <source>No cell has come to its end with a loss yet.</source>
        <translation>Henüz hiçbir göz bir kayıpla sona ermedi.</translation>
    </message>
    <message numerus="yes">
        <source>Best of %1: %2 with %3 (mean and 95 % interval over %n seed(s)).</source>
        <translation>
            <numerusform>%1 gözün en iyisi: %2, %3 ile (%n tohum üzerinden ortalama ve % 95 aralık).</numerusform>
        </translation>
    </message>
    <message>
        <source>Best of %1: %2 with %3 (one seed: no interval).</source>
        <translation>%1 gözün en iyisi: %2, %3 ile (tek tohum: aralık yok).</translation>
    </message>
    <message>
        <source>That is better than the next, %1 with %2, by more than the seeds spread.</source>
        <translation>Bu, bir sonrakinden (%1, %2 ile) tohumların yayılımından daha fazla iyi.</translation>
    </message>
    <message>
        <source>It cannot be told from the next, %1 with %2.</source>
        <translation>Bir sonrakinden (%1, %2 ile) ayırt edilemiyor.</translation>
    </message>
    <message>
        <source>A map needs one or two settings that vary; here %1 do.</source>
        <translation>Resim için değişen bir ya da iki ayar gerekir; burada %1 ayar değişiyor.</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Grup</translation>
    </message>
    <message>
        <source>Group of runs</source>
        <translation>Koşu grubu</translation>
    </message>
    <message>
        <source>Compares all runs of a group, such as the cells of a grid</source>
        <translation>Bir grubun bütün koşularını, örneğin bir ızgaranın gözlerini karşılaştırır</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::CompareHeader</name>
    <message>
        <source>metric: %1</source>
        <translation>metrik: %1</translation>
    </message>
    <message>
        <source>x: %1</source>
        <translation>x: %1</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Karşılaştır</translation>
    </message>
    <message>
        <source>baseline</source>
        <translation>temel</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>Temel koşu</translation>
    </message>
    <message>
        <source>Metric of the chart</source>
        <translation>Grafiğin metriği</translation>
    </message>
    <message>
        <source>Unit of the x axis</source>
        <translation>x ekseninin birimi</translation>
    </message>
    <message>
        <source>seeds together</source>
        <translation>tohumlar birlikte</translation>
    </message>
    <message>
        <source>Runs that differ only in their seed are one curve: their mean, with a band</source>
        <translation>Yalnızca tohumda ayrılan koşular tek eğridir: ortalamaları, bir bantla</translation>
    </message>
    <message>
        <source>log y</source>
        <translation>log y</translation>
    </message>
    <message>
        <source>Logarithmic axis (L)</source>
        <translation>Logaritmik eksen (L)</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>Rapor…</translation>
    </message>
    <message>
        <source>Beside the reported run</source>
        <translation>Bildirilen koşunun yanında</translation>
    </message>
    <message>
        <source>The published T4 run that this program grew out of, as one more column</source>
        <translation>Bu programın doğduğu, yayımlanmış T4 koşusu, bir sütun daha olarak</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ComparePage</name>
    <message>
        <source>No curve to show: all are hidden, or none of these runs has this metric.</source>
        <translation>Gösterilecek eğri yok: hepsi gizli ya da bu koşuların hiçbirinde bu metrik yok.</translation>
    </message>
    <message>
        <source>Check two or more runs in the list: their curves, the settings they differ in and their results will stand here side by side.</source>
        <translation>Listede iki ya da daha çok koşu işaretleyin: eğrileri, farklı ayarları ve sonuçları burada yan yana durur.</translation>
    </message>
    <message>
        <source>Reading the runs…</source>
        <translation>Koşular okunuyor…</translation>
    </message>
    <message>
        <source>Compare the newest two</source>
        <translation>En yeni ikisini karşılaştır</translation>
    </message>
    <message>
        <source>Configure a run</source>
        <translation>Bir koşu yapılandır</translation>
    </message>
    <message>
        <source>Beside the reported run</source>
        <translation>Bildirilen koşunun yanında</translation>
    </message>
    <message>
        <source>None of these metrics is recorded in these runs.</source>
        <translation>Bu metriklerden hiçbiri bu koşularda kaydedilmemiş.</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::CompareSamples</name>
    <message>
        <source>before the first batch</source>
        <translation>ilk batch öncesi</translation>
    </message>
    <message>
        <source>at batch %1</source>
        <translation>batch %1</translation>
    </message>
    <message>
        <source>wrote no text</source>
        <translation>metin yazmadı</translation>
    </message>
    <message>
        <source>at batch %1, the nearest</source>
        <translation>batch %1, en yakını</translation>
    </message>
    <message>
        <source>Text of %1</source>
        <translation>%1 metni</translation>
    </message>
    <message>
        <source>Batch of the texts</source>
        <translation>Metinlerin batch&apos;i</translation>
    </message>
    <message>
        <source>Texts that these runs write while they train will stand here side by side. Set training.sample_interval to have some.</source>
        <translation>Bu koşuların eğitilirken yazdığı metinler burada yan yana duracak. Metin almak için training.sample_interval ayarını verin.</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::CompareScatter</name>
    <message>
        <source>%1 against %2: a point a run. Arrow keys go from run to run, Enter chooses one; a table holds the same.</source>
        <translation>%2 ayarına karşı %1: her koşu bir nokta. Ok tuşları koşudan koşuya gider, Enter birini seçer; aynısı bir tabloda da var.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n koşu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a value, not shown</source>
        <translation>
            <numerusform>değeri olmayan %n koşu gösterilmiyor</numerusform>
        </translation>
    </message>
    <message>
        <source>Parameter, the x axis</source>
        <translation>Parametre, x ekseni</translation>
    </message>
    <message>
        <source>Figure, the y axis</source>
        <translation>Değer, y ekseni</translation>
    </message>
    <message>
        <source>Scatter of runs</source>
        <translation>Koşuların saçılımı</translation>
    </message>
    <message>
        <source>Scatter of runs, as a table</source>
        <translation>Koşuların saçılımı, tablo olarak</translation>
    </message>
    <message>
        <source>log x</source>
        <translation>log x</translation>
    </message>
    <message>
        <source>log y</source>
        <translation>log y</translation>
    </message>
    <message>
        <source>table</source>
        <translation>tablo</translation>
    </message>
    <message>
        <source>The points as a table</source>
        <translation>Noktalar tablo olarak</translation>
    </message>
    <message>
        <source>No run has both this parameter and this figure.</source>
        <translation>Hiçbir koşuda hem bu parametre hem bu değer yok.</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::CompareTable</name>
    <message>
        <source>Show %1 again</source>
        <translation>%1 ayarını yeniden göster</translation>
    </message>
    <message>
        <source>Show &amp;all again</source>
        <translation>&amp;Hepsini yeniden göster</translation>
    </message>
    <message numerus="yes">
        <source>%n ignored</source>
        <translation>
            <numerusform>%n yok sayılan</numerusform>
        </translation>
    </message>
    <message>
        <source>Settings that differ, and results</source>
        <translation>Farklı ayarlar ve sonuçlar</translation>
    </message>
    <message>
        <source>all settings</source>
        <translation>tüm ayarlar</translation>
    </message>
    <message>
        <source>Show equal settings too, by section</source>
        <translation>Eşit ayarları da bölümlerine göre göster</translation>
    </message>
    <message>
        <source>Settings that are not shown here</source>
        <translation>Burada gösterilmeyen ayarlar</translation>
    </message>
    <message>
        <source>&amp;Ignore this key</source>
        <translation>Bu anahtarı &amp;yok say</translation>
    </message>
    <message>
        <source>&amp;Copy row</source>
        <translation>Satırı &amp;kopyala</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::CompareVerdict</name>
    <message numerus="yes">
        <source>Waiting for %n run(s)</source>
        <translation>
            <numerusform>%n koşu bekleniyor</numerusform>
        </translation>
    </message>
    <message>
        <source>Run &amp;2 more seeds</source>
        <translation>&amp;2 tohum daha koş</translation>
    </message>
    <message>
        <source>The comparison follows when they have ended.</source>
        <translation>Onlar bitince karşılaştırma da yenilenir.</translation>
    </message>
    <message>
        <source>Runs the same settings again with two seeds not used yet</source>
        <translation>Aynı ayarları henüz kullanılmamış iki tohumla yeniden koşar</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ComparisonModel</name>
    <message>
        <source>%1 (baseline)</source>
        <translation>%1 (temel)</translation>
    </message>
    <message>
        <source>%1 · %2 of %3 differ</source>
        <translation>%1 · %3 ayardan %2 tanesi farklı</translation>
    </message>
    <message>
        <source>declared %1</source>
        <translation>bildirilen %1</translation>
    </message>
    <message>
        <source>equal settings: %1</source>
        <translation>eşit ayar: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n seed(s)</source>
        <translation>
            <numerusform>%n tohum</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ConfigureForm</name>
    <message>
        <source>changed: %1</source>
        <translation>değişen: %1</translation>
    </message>
    <message>
        <source>problems: %1</source>
        <translation>sorun: %1</translation>
    </message>
    <message>
        <source>Groups of settings</source>
        <translation>Ayar grupları</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ConfigureGroup</name>
    <message>
        <source>%1 more, all as in %2</source>
        <translation>%1 ayar daha, hepsi %2 ile aynı</translation>
    </message>
    <message>
        <source>open</source>
        <translation>açık</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>kapalı</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ConfigureHeader</name>
    <message>
        <source>copy of %1</source>
        <translation>%1 kopyası</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>değiştirildi</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Ön ayar</translation>
    </message>
    <message>
        <source>&amp;Form</source>
        <translation>&amp;Form</translation>
    </message>
    <message>
        <source>&amp;YAML</source>
        <translation>&amp;YAML</translation>
    </message>
    <message>
        <source>Undo the last edit</source>
        <translation>Son düzenlemeyi geri al</translation>
    </message>
    <message>
        <source>Redo the edit</source>
        <translation>Düzenlemeyi yinele</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Vazgeç</translation>
    </message>
    <message>
        <source>Go back to the preset as it is saved</source>
        <translation>Ön ayarın kayıtlı haline dön</translation>
    </message>
    <message>
        <source>Save preset</source>
        <translation>Ön ayarı kaydet</translation>
    </message>
    <message>
        <source>Save these settings as a preset of yours</source>
        <translation>Bu ayarları kendi ön ayarınız olarak kaydedin</translation>
    </message>
    <message>
        <source>Find a setting…</source>
        <translation>Ayar bul…</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>Ayar bul</translation>
    </message>
    <message>
        <source>All presets: rename, delete, compare, save under a name</source>
        <translation>Bütün ön ayarlar: yeniden adlandır, sil, karşılaştır, bir adla kaydet</translation>
    </message>
    <message>
        <source>All presets</source>
        <translation>Bütün ön ayarlar</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ConfigurePage</name>
    <message>
        <source>Saved as the preset %1.</source>
        <translation>%1 ön ayarı olarak kaydedildi.</translation>
    </message>
    <message>
        <source>It cannot start: %1</source>
        <translation>Başlayamıyor: %1</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ConfigureSide</name>
    <message>
        <source>Changed from %1</source>
        <translation>Temel alınan: %1</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Ad</translation>
    </message>
    <message>
        <source>&amp;Why</source>
        <translation>&amp;Neden</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>Koşunun adı</translation>
    </message>
    <message>
        <source>Why this run is made</source>
        <translation>Bu koşunun nedeni</translation>
    </message>
    <message>
        <source>what this run is to show</source>
        <translation>bu koşu neyi gösterecek</translation>
    </message>
    <message>
        <source>As one line</source>
        <translation>Tek satırda</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopyala</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Komutu kopyala</translation>
    </message>
    <message>
        <source>The command that trains this</source>
        <translation>Bunu eğiten komut</translation>
    </message>
    <message>
        <source>Distributed</source>
        <translation>Dağıtık</translation>
    </message>
    <message>
        <source>Start runs all ranks on this machine. torchrun begins them anew when one dies, and takes --nnodes, --node-rank and --master-addr for several hosts.</source>
        <translation>Başlat, bütün süreçleri bu bilgisayarda çalıştırır. torchrun, biri ölünce hepsini yeniden başlatır; birden çok bilgisayar için --nnodes, --node-rank ve --master-addr alır.</translation>
    </message>
    <message>
        <source>The command that trains this by torchrun</source>
        <translation>Bunu torchrun ile eğiten komut</translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation>Ko&amp;pyala</translation>
    </message>
    <message>
        <source>Copy the torchrun command</source>
        <translation>torchrun komutunu kopyala</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::CursorCard</name>
    <message>
        <source>Before the first batch</source>
        <translation>İlk batch öncesi</translation>
    </message>
    <message>
        <source>At batch %1</source>
        <translation>Batch %1</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>kayıp</translation>
    </message>
    <message>
        <source>validation loss</source>
        <translation>doğrulama kaybı</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>öğrenme oranı</translation>
    </message>
    <message>
        <source>gradient norm</source>
        <translation>gradyan normu</translation>
    </message>
    <message>
        <source>peak memory</source>
        <translation>tepe bellek</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>bellek</translation>
    </message>
    <message>
        <source>tokens a second</source>
        <translation>token/sn</translation>
    </message>
    <message>
        <source>loss of %1</source>
        <translation>%1: kayıp</translation>
    </message>
    <message>
        <source>A %1 → B %2: %3</source>
        <translation>A %1 → B %2: %3</translation>
    </message>
    <message>
        <source>Pin A at %1</source>
        <translation>A iğnesi: %1</translation>
    </message>
    <message>
        <source>Pin B at %1</source>
        <translation>B iğnesi: %1</translation>
    </message>
    <message>
        <source>%1, batch %2</source>
        <translation>%1, batch %2</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::EstimateCard</name>
    <message>
        <source>Language weights</source>
        <translation>Dil ağırlıkları</translation>
    </message>
    <message>
        <source>Model, gradients, optimizer</source>
        <translation>Model, gradyanlar, eniyileyici</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>Aktivasyonlar</translation>
    </message>
    <message>
        <source>Copies and workspace</source>
        <translation>Kopyalar ve çalışma alanı</translation>
    </message>
    <message>
        <source>cannot tell</source>
        <translation>bilinemiyor</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>sığıyor</translation>
    </message>
    <message>
        <source>tight</source>
        <translation>sınırda</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>sığmıyor</translation>
    </message>
    <message>
        <source>%1 of %2 on %3</source>
        <translation>%3: %1 / %2</translation>
    </message>
    <message>
        <source>Memory: %1, %2</source>
        <translation>Bellek: %1, %2</translation>
    </message>
    <message>
        <source>%1 with %2</source>
        <translation>%2 ile %1</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Uygula</translation>
    </message>
    <message>
        <source>Apply %1</source>
        <translation>Uygula: %1</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Bellek</translation>
    </message>
    <message>
        <source>reading…</source>
        <translation>okunuyor…</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::FactsCard</name>
    <message>
        <source>preset</source>
        <translation>ön ayar</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>tohum</translation>
    </message>
    <message>
        <source>started</source>
        <translation>başlangıç</translation>
    </message>
    <message>
        <source>duration</source>
        <translation>süre</translation>
    </message>
    <message>
        <source>duration so far</source>
        <translation>şimdiye dek süre</translation>
    </message>
    <message>
        <source>tokens a second</source>
        <translation>token/sn</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Bilgiler</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopyala</translation>
    </message>
    <message>
        <source>Copy the command that repeats this run</source>
        <translation>Bu koşuyu yineleyen komutu kopyala</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopyalandı</translation>
    </message>
    <message>
        <source>Declared → applied</source>
        <translation>Bildirilen → uygulanan</translation>
    </message>
    <message>
        <source>The command that repeats this run</source>
        <translation>Bu koşuyu yineleyen komut</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::FailureCard</name>
    <message>
        <source>%1 fitted with %2: its peak was %3.</source>
        <translation>%1, %2 ile sığdı: tepesi %3 oldu.</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Göster</translation>
    </message>
    <message>
        <source>%1 with %2</source>
        <translation>%2 ile %1</translation>
    </message>
    <message>
        <source>%1 with %2, which may be too much still</source>
        <translation>%2 ile %1; bu da fazla gelebilir</translation>
    </message>
    <message>
        <source>Edit as new</source>
        <translation>Yeni olarak düzenle</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Başlat</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::FilterEdit</name>
    <message>
        <source>Character %1: %2</source>
        <translation>%1. karakter: %2</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::FollowDialog</name>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Kaldır</translation>
    </message>
    <message>
        <source>Followed folders</source>
        <translation>İzlenen klasörler</translation>
    </message>
    <message>
        <source>New runs and points of TensorBoard, MLflow, W&amp;B, Trackio, DVCLive, Hugging Face and CSV in these folders, and in all below them, are taken in while this window is open. What scripts log by nabiz.py always is.</source>
        <translation>Bu pencere açıkken, bu klasörlerdeki ve altlarındaki TensorBoard, MLflow, W&amp;B, Trackio, DVCLive, Hugging Face ve CSV koşuları, yeni noktalarıyla birlikte içeri alınır. Betiklerin nabiz.py ile yazdıkları her zaman alınır.</translation>
    </message>
    <message>
        <source>The folders that are followed</source>
        <translation>İzlenen klasörler</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Klasör</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Koşular</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Durum</translation>
    </message>
    <message>
        <source>&amp;Add a folder…</source>
        <translation>Klasör &amp;ekle…</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>K&amp;apat</translation>
    </message>
    <message>
        <source>Followed</source>
        <translation>İzleniyor</translation>
    </message>
    <message>
        <source>Waits for runs</source>
        <translation>Koşu bekliyor</translation>
    </message>
    <message>
        <source>A folder with runs</source>
        <translation>Koşuların bulunduğu klasör</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::GuardDialog</name>
    <message>
        <source>&amp;Set up</source>
        <translation>&amp;Kur</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>K&amp;aldır</translation>
    </message>
    <message>
        <source>After a crash</source>
        <translation>Çökmeden sonra</translation>
    </message>
    <message>
        <source>Asking systemd…</source>
        <translation>systemd&apos;ye soruluyor…</translation>
    </message>
    <message>
        <source>Runs with queue.resume = auto go on by themselves after a crash, a restart of the machine or a failing device: from their last checkpoint, at most three times. nabiz guard sees to it, which systemd starts now and at each login. What a person stops stays stopped.</source>
        <translation>queue.resume = auto olan koşular bir çökmeden, makinenin yeniden başlamasından ya da aygıt arızasından sonra kendiliğinden sürer: son kontrol noktalarından ve en çok üç kez. Bunu nabiz guard sağlar; systemd onu şimdi ve her oturum açılışında başlatır. Bir kişinin durdurduğu koşu durmuş kalır.</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Kapat</translation>
    </message>
    <message>
        <source>It is not set up.</source>
        <translation>Kurulu değil.</translation>
    </message>
    <message>
        <source>%1 is set up, and runs.</source>
        <translation>%1 kurulu ve çalışıyor.</translation>
    </message>
    <message>
        <source>%1 is set up, and does not run.</source>
        <translation>%1 kurulu ama çalışmıyor.</translation>
    </message>
    <message>
        <source>%1 is watched now.</source>
        <translation>%1 şu anda izleniyor.</translation>
    </message>
    <message>
        <source>%1 is not watched now.</source>
        <translation>%1 şu anda izlenmiyor.</translation>
    </message>
    <message>
        <source>It begins at a login; without one, once you have run: loginctl enable-linger</source>
        <translation>Oturum açılınca başlar; oturum açılmadan başlaması için şunu bir kez çalıştırın: loginctl enable-linger</translation>
    </message>
    <message>
        <source>&amp;Set up again for this database</source>
        <translation>Bu veritabanı için &amp;yeniden kur</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ImportDialog</name>
    <message>
        <source>&amp;Import</source>
        <translation>İçe &amp;aktar</translation>
    </message>
    <message>
        <source>Import runs</source>
        <translation>Koşuları içe aktar</translation>
    </message>
    <message>
        <source>Choose files or folders of TensorBoard, MLflow, W&amp;B, Trackio, DVCLive, Hugging Face or CSV, or drop them here. Nothing is stored before you say so.</source>
        <translation>TensorBoard, MLflow, W&amp;B, Trackio, DVCLive, Hugging Face ya da CSV dosyaları veya klasörleri seçin ya da buraya bırakın. Siz söylemeden hiçbir şey kaydedilmez.</translation>
    </message>
    <message>
        <source>The runs that were found</source>
        <translation>Bulunan koşular</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Koşu</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Kaynak</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>Ölçümler</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>Noktalar</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Yer</translation>
    </message>
    <message>
        <source>Choose &amp;files…</source>
        <translation>&amp;Dosya seç…</translation>
    </message>
    <message>
        <source>Files with runs</source>
        <translation>İçinde koşu olan dosyalar</translation>
    </message>
    <message>
        <source>Choose a f&amp;older…</source>
        <translation>&amp;Klasör seç…</translation>
    </message>
    <message>
        <source>A folder with runs</source>
        <translation>İçinde koşu olan bir klasör</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Vazgeç</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Bakılıyor…</translation>
    </message>
    <message>
        <source>Skipped: %1</source>
        <translation>Atlandı: %1</translation>
    </message>
    <message>
        <source>Nothing is chosen yet.</source>
        <translation>Henüz bir şey seçilmedi.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) found.</source>
        <translation>
            <numerusform>%n koşu bulundu.</numerusform>
        </translation>
    </message>
    <message>
        <source>No run was found there. A published page is kept by File &gt; Add Published Run.</source>
        <translation>Orada koşu bulunmadı. Yayımlanmış bir sayfa Dosya &gt; Yayımlanmış koşu ekle ile saklanır.</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::LayoutMenu</name>
    <message>
        <source>The page&apos;s first chart</source>
        <translation>Sayfanın ilk grafiği</translation>
    </message>
    <message>
        <source>The page&apos;s learning rate</source>
        <translation>Sayfanın öğrenme oranı</translation>
    </message>
    <message>
        <source>The page&apos;s memory</source>
        <translation>Sayfanın belleği</translation>
    </message>
    <message>
        <source>Panels: layout %1</source>
        <translation>Paneller: %1 düzeni</translation>
    </message>
    <message>
        <source>The layout was changed since it was saved</source>
        <translation>Düzen kaydedildiğinden beri değişti</translation>
    </message>
    <message>
        <source>&amp;Layout</source>
        <translation>&amp;Düzen</translation>
    </message>
    <message>
        <source>Add a read&amp;y one</source>
        <translation>&amp;Hazır bir panel ekle</translation>
    </message>
    <message>
        <source>&amp;Add a panel…</source>
        <translation>Panel &amp;ekle…</translation>
    </message>
    <message>
        <source>A&amp;rrange the panels</source>
        <translation>Panelleri &amp;yerleştir</translation>
    </message>
    <message>
        <source>&amp;Save the layout</source>
        <translation>Düzeni &amp;kaydet</translation>
    </message>
    <message>
        <source>Sa&amp;ve the layout as…</source>
        <translation>Düzeni &amp;farklı kaydet…</translation>
    </message>
    <message>
        <source>Re&amp;name the layout…</source>
        <translation>Düzeni yeniden &amp;adlandır…</translation>
    </message>
    <message>
        <source>&amp;Delete the layout</source>
        <translation>Düzeni &amp;sil</translation>
    </message>
    <message>
        <source>&amp;Back to how it was saved</source>
        <translation>Kaydedilmiş haline dö&amp;n</translation>
    </message>
    <message>
        <source>Its panels in re&amp;ports</source>
        <translation>Panelleri &amp;raporlarda</translation>
    </message>
    <message>
        <source>Panels* ▾</source>
        <translation>Paneller* ▾</translation>
    </message>
    <message>
        <source>Panels ▾</source>
        <translation>Paneller ▾</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::LogCard</name>
    <message>
        <source>Log</source>
        <translation>Günlük</translation>
    </message>
    <message>
        <source>Nothing has been noted yet.</source>
        <translation>Henüz bir kayıt yok.</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::MainMenu</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Dosya</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Görünüm</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Koşu</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Yardım</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Dil</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Tema</translation>
    </message>
    <message>
        <source>&amp;Open Database…</source>
        <translation>&amp;Veritabanı aç…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>Çı&amp;k</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Sistem gibi</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Açık</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Koyu</translation>
    </message>
    <message>
        <source>&amp;Full Screen</source>
        <translation>Tam &amp;ekran</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Başlat</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Duraklat</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Sürdür</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>D&amp;urdur</translation>
    </message>
    <message>
        <source>&amp;Checkpoint Now</source>
        <translation>Şimdi &amp;kontrol noktası al</translation>
    </message>
    <message>
        <source>Sample &amp;Now</source>
        <translation>Şimdi örnek &amp;yaz</translation>
    </message>
    <message>
        <source>&amp;Edit as New</source>
        <translation>Y&amp;enisi olarak düzenle</translation>
    </message>
    <message>
        <source>Re&amp;port</source>
        <translation>Koşunun &amp;raporu</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>&amp;Klavye kısayolları</translation>
    </message>
    <message>
        <source>&amp;About Nabız</source>
        <translation>Nabız &amp;hakkında</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>&amp;Son Açılanlar</translation>
    </message>
    <message>
        <source>Add &amp;Published Run…</source>
        <translation>&amp;Yayımlanmış koşu ekle…</translation>
    </message>
    <message>
        <source>&amp;Import Runs…</source>
        <translation>Koşuları içe ak&amp;tar…</translation>
    </message>
    <message>
        <source>&amp;Follow a Folder…</source>
        <translation>Klasö&amp;r İzle…</translation>
    </message>
    <message>
        <source>&amp;After a Crash…</source>
        <translation>Çökmeden S&amp;onra…</translation>
    </message>
    <message>
        <source>Save a &amp;Diagnosis…</source>
        <translation>&amp;Tanı Dosyası Kaydet…</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::MainWindow</name>
    <message>
        <source>Open Database</source>
        <translation>Veritabanı aç</translation>
    </message>
    <message>
        <source>Nabız databases (*.db);;All files (*)</source>
        <translation>Nabız veritabanları (*.db);;Bütün dosyalar (*)</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::NoticeStrip</name>
    <message>
        <source>Close</source>
        <translation>Kapat</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>Bu bildirimi kapat</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::PageTable</name>
    <message>
        <source>&amp;Configure</source>
        <translation>&amp;Yapılandır</translation>
    </message>
    <message>
        <source>&amp;Watch</source>
        <translation>İ&amp;zle</translation>
    </message>
    <message>
        <source>Ru&amp;ns</source>
        <translation>K&amp;oşular</translation>
    </message>
    <message>
        <source>Co&amp;mpare</source>
        <translation>&amp;Karşılaştır</translation>
    </message>
    <message>
        <source>&amp;Report</source>
        <translation>&amp;Rapor</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::PanelDesk</name>
    <message>
        <source>Save the layout</source>
        <translation>Düzeni kaydet</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Kaydet</translation>
    </message>
    <message>
        <source>Rename the layout</source>
        <translation>Düzeni yeniden adlandır</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Yeniden adlandır</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Ad</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Vazgeç</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::PanelDialog</name>
    <message>
        <source>Add a panel</source>
        <translation>Panel ekle</translation>
    </message>
    <message>
        <source>Change the panel</source>
        <translation>Paneli değiştir</translation>
    </message>
    <message>
        <source>Title: as its metrics are called</source>
        <translation>Başlık: metriklerinin adı</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Başlık</translation>
    </message>
    <message>
        <source>Search metrics, or a pattern: router.*</source>
        <translation>Metrik ara ya da bir kalıp yaz: router.*</translation>
    </message>
    <message>
        <source>Search metrics</source>
        <translation>Metrik ara</translation>
    </message>
    <message>
        <source>Add as a &amp;pattern</source>
        <translation>&amp;Kalıp olarak ekle</translation>
    </message>
    <message>
        <source>All metrics that fit now or come later</source>
        <translation>Şimdi uyan ya da sonra gelecek bütün metrikler</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>Metrikler</translation>
    </message>
    <message>
        <source>Choose &amp;none</source>
        <translation>&amp;Hiçbirini seçme</translation>
    </message>
    <message>
        <source>&amp;Logarithmic y axis</source>
        <translation>&amp;Logaritmik y ekseni</translation>
    </message>
    <message>
        <source>&amp;Same x range as the others</source>
        <translation>Ötekilerle &amp;aynı x aralığı</translation>
    </message>
    <message>
        <source>No metric is chosen.</source>
        <translation>Hiçbir metrik seçilmedi.</translation>
    </message>
    <message>
        <source>Chosen: %1</source>
        <translation>Seçilenler: %1</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::PanelFrame</name>
    <message>
        <source>Pa&amp;nel</source>
        <translation>Pa&amp;nel</translation>
    </message>
    <message>
        <source>Move left</source>
        <translation>Sola taşı</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Yukarı taşı</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Aşağı taşı</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>Sağa taşı</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Değiştir…</translation>
    </message>
    <message>
        <source>In a window of its own</source>
        <translation>Kendi penceresinde</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>Kaldır</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ParameterEditor</name>
    <message>
        <source>A file or a folder</source>
        <translation>Dosya ya da klasör</translation>
    </message>
    <message>
        <source>Browse for a file or a folder</source>
        <translation>Dosya ya da klasör seç</translation>
    </message>
    <message>
        <source>Browse: %1</source>
        <translation>Seç: %1</translation>
    </message>
    <message>
        <source>Choose a &amp;file…</source>
        <translation>&amp;Dosya seç…</translation>
    </message>
    <message>
        <source>Choose a f&amp;older…</source>
        <translation>&amp;Klasör seç…</translation>
    </message>
    <message>
        <source>on</source>
        <translation>açık</translation>
    </message>
    <message>
        <source>off</source>
        <translation>kapalı</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ParameterRow</name>
    <message>
        <source>× accumulation</source>
        <translation>× biriktirme</translation>
    </message>
    <message>
        <source>= %1 samples a step</source>
        <translation>= adım başına %1 örnek</translation>
    </message>
    <message>
        <source>= %1 batches</source>
        <translation>= %1 batch</translation>
    </message>
    <message>
        <source>was %1</source>
        <translation>önceki: %1</translation>
    </message>
    <message>
        <source>Set it back to %1</source>
        <translation>%1 değerine geri al</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>%1: sıfırla</translation>
    </message>
    <message>
        <source>= %1 batches, ≈ %2</source>
        <translation>= %1 batch, ≈ %2</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::PlotLegend</name>
    <message>
        <source>Click: hide or show. Ctrl and click: this one alone.</source>
        <translation>Tıklama: gizle ya da göster. Ctrl ile tıklama: yalnız bu.</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::PlotTableDialog</name>
    <message>
        <source>Values</source>
        <translation>Değerler</translation>
    </message>
    <message>
        <source>%1: values</source>
        <translation>%1: değerler</translation>
    </message>
    <message>
        <source>At the cursor, %1</source>
        <translation>İmleçte, %1</translation>
    </message>
    <message>
        <source>curve</source>
        <translation>eğri</translation>
    </message>
    <message>
        <source>value</source>
        <translation>değer</translation>
    </message>
    <message>
        <source>smoothed</source>
        <translation>yumuşatılmış</translation>
    </message>
    <message>
        <source>difference to the first</source>
        <translation>birinciden farkı</translation>
    </message>
    <message>
        <source>Values at one place</source>
        <translation>Bir yerdeki değerler</translation>
    </message>
    <message>
        <source>points</source>
        <translation>nokta</translation>
    </message>
    <message>
        <source>lowest</source>
        <translation>en düşük</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>ortalama</translation>
    </message>
    <message>
        <source>highest</source>
        <translation>en yüksek</translation>
    </message>
    <message>
        <source>&amp;Copy both</source>
        <translation>İkisini de &amp;kopyala</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>Kapa&amp;t</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopyalandı</translation>
    </message>
    <message>
        <source>At the end of the visible range</source>
        <translation>Görünen aralığın sonunda</translation>
    </message>
    <message>
        <source>Over the visible range</source>
        <translation>Görünen aralık boyunca</translation>
    </message>
    <message>
        <source>Values over the visible range</source>
        <translation>Görünen aralıktaki değerler</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::PlotView</name>
    <message>
        <source>%1: %2 points, last %3, lowest %4, highest %5.</source>
        <translation>%1: %2 nokta, son %3, en düşük %4, en yüksek %5.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>ve %n tane daha</numerusform>
        </translation>
    </message>
    <message>
        <source>Show &amp;all</source>
        <translation>Tümünü &amp;göster</translation>
    </message>
    <message>
        <source>&amp;Follow the end</source>
        <translation>&amp;Sonu izle</translation>
    </message>
    <message>
        <source>&amp;Pin A here</source>
        <translation>&amp;A iğnesi buraya</translation>
    </message>
    <message>
        <source>Pi&amp;n B here</source>
        <translation>&amp;B iğnesi buraya</translation>
    </message>
    <message>
        <source>&amp;Take the pins away</source>
        <translation>İğn&amp;eleri çıkar</translation>
    </message>
    <message>
        <source>&amp;Logarithmic y axis</source>
        <translation>&amp;Logaritmik y ekseni</translation>
    </message>
    <message>
        <source>Logarithmic &amp;x axis</source>
        <translation>Logaritmik &amp;x ekseni</translation>
    </message>
    <message>
        <source>Clip &amp;outliers</source>
        <translation>Aykırı değerleri kı&amp;rp</translation>
    </message>
    <message>
        <source>&amp;Values beside the cursor</source>
        <translation>İmlecin yanında &amp;değerler</translation>
    </message>
    <message>
        <source>&amp;Copy the values here</source>
        <translation>Buradaki değerleri k&amp;opyala</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Tekerlek</translation>
    </message>
    <message>
        <source>zoom x at the mouse; over the y axis, or with Shift, y</source>
        <translation>fare yerinde x&apos;i yakınlaştırır; y ekseni üzerinde ya da Shift ile y&apos;yi</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>Sürükleme</translation>
    </message>
    <message>
        <source>zoom into the box; with Alt over its whole height</source>
        <translation>kutuya yakınlaştırır; Alt ile tüm yükseklikte</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>Sağ tıklama</translation>
    </message>
    <message>
        <source>all of this as a menu</source>
        <translation>bunların tümü, menü olarak</translation>
    </message>
    <message>
        <source>Double click, %1</source>
        <translation>Çift tıklama, %1</translation>
    </message>
    <message>
        <source>show all</source>
        <translation>tümünü gösterir</translation>
    </message>
    <message>
        <source>follow the end</source>
        <translation>sonu izler</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1: %2 {1,?}</translation>
    </message>
    <message>
        <source>zoom x</source>
        <translation>x&apos;i yakınlaştırır</translation>
    </message>
    <message>
        <source>zoom y</source>
        <translation>y&apos;yi yakınlaştırır</translation>
    </message>
    <message>
        <source>move the cursor by a point; with Shift by ten</source>
        <translation>imleci bir nokta kaydırır; Shift ile on</translation>
    </message>
    <message>
        <source>pin A and pin B at the cursor; Escape takes them away</source>
        <translation>imlece A ve B iğnesi; Escape kaldırır</translation>
    </message>
    <message>
        <source>cursor to the next mark; with Shift to the one before; Enter opens it</source>
        <translation>imleç sonraki işarete; Shift ile öncekine; Enter açar</translation>
    </message>
    <message>
        <source>logarithmic y, logarithmic x, clip outliers</source>
        <translation>logaritmik y, logaritmik x, aykırı değerleri kırpma</translation>
    </message>
    <message>
        <source>values beside the cursor, values as a table</source>
        <translation>imlecin yanında değerler, tablo olarak değerler</translation>
    </message>
    <message>
        <source>copy the values at the cursor</source>
        <translation>imleçteki değerleri kopyalar</translation>
    </message>
    <message>
        <source>At %1 %2: %3.</source>
        <translation>%1 yerinde %2: %3.</translation>
    </message>
    <message>
        <source>T shows the values as a table.</source>
        <translation>T değerleri tablo olarak gösterir.</translation>
    </message>
    <message>
        <source>Middle drag</source>
        <translation>Orta düğmeyle sürükleme</translation>
    </message>
    <message>
        <source>move the view; with the left button while Ctrl or Space is held</source>
        <translation>görünümü kaydırır; Ctrl ya da boşluk basılıyken sol düğmeyle</translation>
    </message>
    <message>
        <source>Fit &amp;y to the visible range</source>
        <translation>&amp;y&apos;yi görünen aralığa sığdır</translation>
    </message>
    <message>
        <source>&amp;Back to the view before</source>
        <translation>Ö&amp;nceki görünüme dön</translation>
    </message>
    <message>
        <source>For&amp;ward again</source>
        <translation>Yeniden &amp;ileri</translation>
    </message>
    <message>
        <source>Values as a tabl&amp;e…</source>
        <translation>Değ&amp;erler tablo olarak…</translation>
    </message>
    <message>
        <source>fit y to the visible range</source>
        <translation>y&apos;yi görünen aralığa sığdır</translation>
    </message>
    <message>
        <source>back to the previous view, forward to the next; also by buttons 4 and 5 of the mouse</source>
        <translation>önceki görünüme dön, sonrakine geç; farenin 4. ve 5. düğmesiyle de olur</translation>
    </message>
    <message>
        <source>Visible: %1.</source>
        <translation>Görünen: %1.</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::PointCard</name>
    <message>
        <source>Close</source>
        <translation>Kapat</translation>
    </message>
    <message>
        <source>Point at batch %1</source>
        <translation>%1. batch&apos;teki nokta</translation>
    </message>
    <message>
        <source>run</source>
        <translation>koşu</translation>
    </message>
    <message>
        <source>recorded as</source>
        <translation>kayıttaki adı</translation>
    </message>
    <message>
        <source>segment</source>
        <translation>bölüm</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>seconds recorded</source>
        <translation>kaydedilen saniye</translation>
    </message>
    <message>
        <source>time</source>
        <translation>zaman</translation>
    </message>
    <message>
        <source>said last</source>
        <translation>son söylenen</translation>
    </message>
    <message>
        <source>batch %1: </source>
        <translation>%1. batch: </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::PresetText</name>
    <message>
        <source>line %1</source>
        <translation>satır %1</translation>
    </message>
    <message>
        <source>The preset as YAML</source>
        <translation>YAML olarak ön ayar</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::PresetsDialog</name>
    <message>
        <source>Preset</source>
        <translation>Ön ayar</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Ne olduğu</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Koşular</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Bekleyen</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Aç</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Sil</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Geri al</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>&amp;Yeniden adlandır</translation>
    </message>
    <message>
        <source>&amp;Save these settings as</source>
        <translation>Bu ayarları şu adla &amp;kaydet</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Ayar</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Ön ayarlar</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Ad</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Farklar</translation>
    </message>
    <message>
        <source>Comes with the program</source>
        <translation>Programla gelir</translation>
    </message>
    <message>
        <source>Choose two to see what they differ in.</source>
        <translation>Farklarını görmek için iki tane seçin.</translation>
    </message>
    <message>
        <source>The two set the same.</source>
        <translation>İkisi aynı şeyi ayarlıyor.</translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) differ</source>
        <translation>
            <numerusform>%n ayar farklı</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is called %2 now.</source>
        <translation>%1 artık %2 adını taşıyor.</translation>
    </message>
    <message>
        <source>%1 is in the trash.</source>
        <translation>%1 çöp kutusunda.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) wait with the settings that they were queued with.</source>
        <translation>
            <numerusform>%n koşu, kuyruğa alındığı ayarlarla bekliyor.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is back.</source>
        <translation>%1 geri geldi.</translation>
    </message>
    <message>
        <source>There is a preset %1 already. Choose another name.</source>
        <translation>%1 adında bir ön ayar zaten var. Başka bir ad seçin.</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>%1 olarak kaydedildi.</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::QueuePanel</name>
    <message numerus="yes">
        <source>Queue: %n waiting</source>
        <translation>
            <numerusform>Kuyruk: %n bekliyor</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Hold the queue</source>
        <translation>Kuyruğu be&amp;klet</translation>
    </message>
    <message>
        <source>Run the &amp;queue</source>
        <translation>Ku&amp;yruğu çalıştır</translation>
    </message>
    <message>
        <source>The next one starts by itself when a run has ended. Closing Nabız keeps the queue.</source>
        <translation>Bir koşu bitince sıradaki kendiliğinden başlar. Nabız kapanınca kuyruk kalır.</translation>
    </message>
    <message>
        <source>Waits until you run it. Closing Nabız keeps the queue.</source>
        <translation>Çalıştırana kadar bekler. Nabız kapanınca kuyruk kalır.</translation>
    </message>
    <message>
        <source>Runs that wait, in order</source>
        <translation>Bekleyen koşular, sırasıyla</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Öne al</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Arkaya al</translation>
    </message>
    <message>
        <source>Out of the queue, into the trash</source>
        <translation>Kuyruktan çıkar, çöpe at</translation>
    </message>
    <message>
        <source>Trains: %1, %2 left</source>
        <translation>Eğitilen: %1, kalan süre %2</translation>
    </message>
    <message>
        <source>Trains: %1</source>
        <translation>Eğitilen: %1</translation>
    </message>
    <message>
        <source>All will have ended at about %1, in %2.</source>
        <translation>Hepsi yaklaşık %1 sularında, %2 içinde bitecek.</translation>
    </message>
    <message>
        <source>All will take about %1.</source>
        <translation>Hepsi yaklaşık %1 sürecek.</translation>
    </message>
    <message>
        <source>When all will have ended is not known: some were never measured here.</source>
        <translation>Hepsinin ne zaman biteceği bilinmiyor: bazıları burada hiç ölçülmedi.</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ReadyPanels</name>
    <message>
        <source>Loss and validation</source>
        <translation>Kayıp ve doğrulama</translation>
    </message>
    <message>
        <source>Memory, all of it</source>
        <translation>Bellek, bütünü</translation>
    </message>
    <message>
        <source>GPU utilisation</source>
        <translation>GPU kullanımı</translation>
    </message>
    <message>
        <source>GPU temperature</source>
        <translation>GPU sıcaklığı</translation>
    </message>
    <message>
        <source>GPU power</source>
        <translation>GPU gücü</translation>
    </message>
    <message>
        <source>GPU clock</source>
        <translation>GPU saati</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Hız</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>Gradyanlar</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Öğrenme oranı</translation>
    </message>
    <message>
        <source>Shares of the experts</source>
        <translation>Uzmanların payları</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Eğitim</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Yönlendirici</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Eğriler</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ReferenceChanges</name>
    <message>
        <source>&amp;Strike chosen lines</source>
        <translation>&amp;Seçilen satırları çıkar</translation>
    </message>
    <message>
        <source>&amp;Column</source>
        <translation>Sü&amp;tun</translation>
    </message>
    <message>
        <source>What the column is</source>
        <translation>Sütunun ne olduğu</translation>
    </message>
    <message>
        <source>is what its head says</source>
        <translation>başlığı ne diyorsa odur</translation>
    </message>
    <message>
        <source>counts the batches</source>
        <translation>batch&apos;leri sayar</translation>
    </message>
    <message>
        <source>is the loss</source>
        <translation>kayıptır</translation>
    </message>
    <message>
        <source>is the validation&apos;s loss</source>
        <translation>doğrulama kaybıdır</translation>
    </message>
    <message>
        <source>is left out</source>
        <translation>alınmaz</translation>
    </message>
    <message>
        <source>%1 (line %2)</source>
        <translation>%1 (satır %2)</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ReferenceDialog</name>
    <message>
        <source>&amp;Keep as reference</source>
        <translation>&amp;Referans olarak sakla</translation>
    </message>
    <message>
        <source>A published run</source>
        <translation>Yayımlanmış bir koşu</translation>
    </message>
    <message>
        <source>Paste a page or a table with a run&apos;s figures. Nothing is stored before you say so.</source>
        <translation>Bir koşunun değerlerini içeren bir sayfayı ya da tabloyu yapıştırın. Siz söylemeden hiçbir şey saklanmaz.</translation>
    </message>
    <message>
        <source>The published page</source>
        <translation>Yayımlanan sayfa</translation>
    </message>
    <message>
        <source>**Batch 50:** 0.2715
| batch | loss |
0: 6.3347 · 50: 0.2715
batch size 4, learning rate 0.0001
GPU memory 1.20 GB</source>
        <translation>**Batch 50:** 0.2715
| batch | loss |
0: 6.3347 · 50: 0.2715
batch size 4, learning rate 0.0001
GPU memory 1.20 GB</translation>
    </message>
    <message>
        <source>What was understood, line by line</source>
        <translation>Satır satır ne anlaşıldığı</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Satır</translation>
    </message>
    <message>
        <source>What was understood</source>
        <translation>Anlaşılan</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Metin</translation>
    </message>
    <message>
        <source>Name of the reference</source>
        <translation>Referansın adı</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Ad</translation>
    </message>
    <message>
        <source>&amp;Open file…</source>
        <translation>Dosya &amp;aç…</translation>
    </message>
    <message>
        <source>Reported &amp;T4 run</source>
        <translation>Bildirilen &amp;T4 koşusu</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Vazgeç</translation>
    </message>
    <message>
        <source>A published page</source>
        <translation>Yayımlanmış bir sayfa</translation>
    </message>
    <message>
        <source>Pages (*.md *.txt *.csv *.tsv *.html);;All files (*)</source>
        <translation>Sayfalar (*.md *.txt *.csv *.tsv *.html);;Bütün dosyalar (*)</translation>
    </message>
    <message>
        <source>Not understood: %1</source>
        <translation>Anlaşılmadı: %1</translation>
    </message>
    <message>
        <source>There is nothing to understand yet.</source>
        <translation>Henüz anlaşılacak bir şey yok.</translation>
    </message>
    <message>
        <source>No figure was understood.</source>
        <translation>Hiçbir değer anlaşılmadı.</translation>
    </message>
    <message>
        <source>Understood: %1, %2, %3.</source>
        <translation>Anlaşılan: %1, %2, %3.</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n nokta</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s)</source>
        <translation>
            <numerusform>%n ayar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n memory figure(s)</source>
        <translation>
            <numerusform>%n bellek değeri</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) with figures were not understood.</source>
        <translation>
            <numerusform>Değer içeren %n satır anlaşılmadı.</numerusform>
        </translation>
    </message>
    <message>
        <source>A number alone is no name: it would be taken for an id.</source>
        <translation>Yalnızca sayıdan oluşan bir ad olamaz: kimlik numarası sanılır.</translation>
    </message>
    <message numerus="yes">
        <source>%n more line(s) are not shown.</source>
        <translation>
            <numerusform>%n satır daha gösterilmiyor.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ReportHeader</name>
    <message>
        <source>A folder of its own is made for the report in</source>
        <translation>Rapor klasörünün oluşturulacağı yer</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Rapor</translation>
    </message>
    <message>
        <source>Language of the report</source>
        <translation>Raporun dili</translation>
    </message>
    <message>
        <source>&amp;Copy as Markdown</source>
        <translation>&amp;Markdown olarak kopyala</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Kaydet…</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ReportPage</name>
    <message>
        <source>%1 against %2</source>
        <translation>%2 karşısında %1</translation>
    </message>
    <message>
        <source>Choose a run at the left: its report will be shown here.</source>
        <translation>Soldan bir koşu seçin: raporu burada görünür.</translation>
    </message>
    <message>
        <source>The report is being made.</source>
        <translation>Rapor hazırlanıyor.</translation>
    </message>
    <message>
        <source>The report as it will look</source>
        <translation>Raporun görünümü</translation>
    </message>
    <message>
        <source>Will write</source>
        <translation>Yazılacaklar</translation>
    </message>
    <message>
        <source>Configure a run</source>
        <translation>Bir koşu yapılandır</translation>
    </message>
    <message>
        <source>Report on the newest run</source>
        <translation>En yeni koşunun raporunu yap</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ReportSections</name>
    <message>
        <source>Sections</source>
        <translation>Bölümler</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Applied solution</source>
        <translation>Uygulanan çözüm</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Yapılandırma</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Sonuçlar</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>Grafikler</translation>
    </message>
    <message>
        <source>Sample texts</source>
        <translation>Örnek metinler</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Gözlemler</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Denetim</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Ortam</translation>
    </message>
    <message>
        <source>Reproduce</source>
        <translation>Yeniden üretim</translation>
    </message>
    <message>
        <source>Conclusion</source>
        <translation>Çıkarım</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ReportTitle</name>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Başlık</translation>
    </message>
    <message>
        <source>Title of the report</source>
        <translation>Raporun başlığı</translation>
    </message>
    <message>
        <source>Made of the runs</source>
        <translation>Koşulardan oluşturulur</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ReportWords</name>
    <message>
        <source>Your words</source>
        <translation>Yazdıklarınız</translation>
    </message>
    <message>
        <source>&amp;Problem</source>
        <translation>&amp;Problem</translation>
    </message>
    <message>
        <source>&amp;Applied solution</source>
        <translation>&amp;Uygulanan çözüm</translation>
    </message>
    <message>
        <source>C&amp;onclusion</source>
        <translation>Çı&amp;karım</translation>
    </message>
    <message>
        <source>What was not well?</source>
        <translation>Sorun neydi?</translation>
    </message>
    <message>
        <source>What was done about it?</source>
        <translation>Ne yapıldı?</translation>
    </message>
    <message>
        <source>What follows from it?</source>
        <translation>Bundan ne çıkar?</translation>
    </message>
    <message>
        <source>Propose from the failed run before</source>
        <translation>Önceki başarısız koşudan öner</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ResumeDialog</name>
    <message>
        <source>Resume %1</source>
        <translation>%1 koşusunu sürdür</translation>
    </message>
    <message>
        <source>It goes on behind its newest whole checkpoint, with these settings from there on. What is changed is noted with the batch. All others stay as they were.</source>
        <translation>En yeni sağlam kontrol noktasından sonra, oradan itibaren bu ayarlarla sürer. Değiştirilen, batch numarasıyla not edilir. Öbür ayarlar olduğu gibi kalır.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Sürdür</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::RunDelegate</name>
    <message>
        <source>Name of the run</source>
        <translation>Koşunun adı</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::RunList</name>
    <message>
        <source>&amp;Rename</source>
        <translation>Yeniden &amp;adlandır</translation>
    </message>
    <message>
        <source>&amp;Edit as new</source>
        <translation>Y&amp;enisi olarak düzenle</translation>
    </message>
    <message>
        <source>&amp;Copy command</source>
        <translation>&amp;Komutu kopyala</translation>
    </message>
    <message>
        <source>Runs will be listed here. Start makes the first.</source>
        <translation>Koşular burada listelenir. İlk koşu Başlat ile oluşur.</translation>
    </message>
    <message>
        <source>No run has this name.</source>
        <translation>Bu adda bir koşu yok.</translation>
    </message>
    <message>
        <source>Filter runs</source>
        <translation>Koşuları süz</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Koşular</translation>
    </message>
    <message>
        <source>Take the &amp;star away</source>
        <translation>&amp;Yıldızı kaldır</translation>
    </message>
    <message>
        <source>&amp;Star</source>
        <translation>&amp;Yıldızla</translation>
    </message>
    <message>
        <source>Put in the &amp;trash</source>
        <translation>Çö&amp;pe at</translation>
    </message>
    <message>
        <source>Runs will be listed here.</source>
        <translation>Koşular burada listelenecek.</translation>
    </message>
    <message>
        <source>R&amp;esume</source>
        <translation>Sü&amp;rdür</translation>
    </message>
    <message>
        <source>C&amp;olour</source>
        <translation>R&amp;enk</translation>
    </message>
    <message>
        <source>As &amp;usual</source>
        <translation>&amp;Her zamanki</translation>
    </message>
    <message>
        <source>Colour %1</source>
        <translation>Renk %1</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::RunListModel</name>
    <message>
        <source>%1 · %2 of %3</source>
        <translation>%1 · %2 / %3</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::RunTableDelegate</name>
    <message>
        <source>raw</source>
        <translation>ham</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n koşu</numerusform>
        </translation>
    </message>
    <message>
        <source> · best %1 · mean %2</source>
        <translation> · en iyi %1 · ortalama %2</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::RunTableModel</name>
    <message>
        <source>starred</source>
        <translation>yıldızlı</translation>
    </message>
    <message>
        <source>not starred</source>
        <translation>yıldızsız</translation>
    </message>
    <message>
        <source>No validation loss was measured: this is the smallest training loss of one batch.</source>
        <translation>Doğrulama kaybı ölçülmedi: bu, tek bir batch&apos;in en küçük eğitim kaybı.</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::RunTitle</name>
    <message>
        <source>%1 · %2 of %3</source>
        <translation>%1 · %2 / %3</translation>
    </message>
    <message>
        <source>%1 · %2 batches</source>
        <translation>%1 · %2 batch</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Yeniden adlandır</translation>
    </message>
    <message>
        <source>Edit as new</source>
        <translation>Yenisi olarak düzenle</translation>
    </message>
    <message>
        <source>What can be done with this run</source>
        <translation>Bu koşuyla yapılabilecekler</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>Koşunun adı</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Sürdür</translation>
    </message>
    <message>
        <source>Goes on behind the newest checkpoint, as if it had never ended</source>
        <translation>En yeni kontrol noktasından sonra, hiç bitmemiş gibi sürer</translation>
    </message>
    <message>
        <source>Resume with changes…</source>
        <translation>Değişikliklerle sürdür…</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::RunViews</name>
    <message>
        <source>Forget “%1”</source>
        <translation>“%1” unutulsun</translation>
    </message>
    <message>
        <source>&amp;Views</source>
        <translation>&amp;Görünümler</translation>
    </message>
    <message>
        <source>Views of the table</source>
        <translation>Tablonun görünümleri</translation>
    </message>
    <message>
        <source>Filter, columns, order and groups under a name</source>
        <translation>Süzgeç, sütunlar, sıra ve gruplar bir ad altında</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::RunsLists</name>
    <message>
        <source>Columns</source>
        <translation>Sütunlar</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>Grupla</translation>
    </message>
    <message>
        <source>Tags of the selected runs</source>
        <translation>Seçili koşuların etiketleri</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Yıldız</translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation>Sütunları sıfırla</translation>
    </message>
    <message>
        <source>Not grouped</source>
        <translation>Gruplanmamış</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 koşudan %1</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::RunsMenus</name>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Words&lt;/b&gt; are looked for in name, tags, note and preset. Two words mean both; &quot;quotation marks&quot; hold them together.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Comparisons&lt;/b&gt;: &lt;code&gt;= != &amp;lt; &amp;lt;= &amp;gt; &amp;gt;=&lt;/code&gt;, and &lt;code&gt;~&lt;/code&gt; for a part of a text.&lt;br&gt;&lt;code&gt;loss.best &amp;lt; 0.01 and training.batch_size = 4&lt;/code&gt;&lt;br&gt;&lt;code&gt;(tag = first or starred) and not status = failed&lt;/code&gt;&lt;br&gt;&lt;code&gt;memory.peak &amp;lt; 2GB &amp;nbsp; seconds &amp;gt; 1.5h &amp;nbsp; started &amp;gt;= 2026-05-04&lt;/code&gt;&lt;/p&gt;&lt;p&gt;The last part of a name is enough where it is unique: &lt;code&gt;batch_size = 4&lt;/code&gt;.&lt;/p&gt;&lt;p&gt;A run &lt;b&gt;without the value&lt;/b&gt; does not match, not even under &lt;code&gt;not&lt;/code&gt; or &lt;code&gt;!=&lt;/code&gt;. &lt;code&gt;val.loss.best = none&lt;/code&gt; finds those runs.&lt;/p&gt;&lt;p&gt;Ctrl+Space lists the names; the tool tips of the header have them too.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Sözcükler&lt;/b&gt; ad, etiket, not ve ön ayarda aranır. İki sözcük ikisini de ister; &quot;tırnak işaretleri&quot; onları bir arada tutar.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Karşılaştırmalar&lt;/b&gt;: &lt;code&gt;= != &amp;lt; &amp;lt;= &amp;gt; &amp;gt;=&lt;/code&gt;, metnin bir parçası için &lt;code&gt;~&lt;/code&gt;.&lt;br&gt;&lt;code&gt;loss.best &amp;lt; 0.01 and training.batch_size = 4&lt;/code&gt;&lt;br&gt;&lt;code&gt;(tag = first or starred) and not status = failed&lt;/code&gt;&lt;br&gt;&lt;code&gt;memory.peak &amp;lt; 2GB &amp;nbsp; seconds &amp;gt; 1.5h &amp;nbsp; started &amp;gt;= 2026-05-04&lt;/code&gt;&lt;/p&gt;&lt;p&gt;Tek olduğunda adın son parçası yeter: &lt;code&gt;batch_size = 4&lt;/code&gt;.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Değeri olmayan&lt;/b&gt; bir koşu, &lt;code&gt;not&lt;/code&gt; ya da &lt;code&gt;!=&lt;/code&gt; altında bile eşleşmez. O koşuları &lt;code&gt;val.loss.best = none&lt;/code&gt; bulur.&lt;/p&gt;&lt;p&gt;Ctrl+Boşluk adları listeler; başlıktaki ipuçlarında da yazar.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&amp;Watch</source>
        <translation>İ&amp;zle</translation>
    </message>
    <message>
        <source>Com&amp;pare</source>
        <translation>Ka&amp;rşılaştır</translation>
    </message>
    <message>
        <source>Rep&amp;ort</source>
        <translation>Ra&amp;por</translation>
    </message>
    <message>
        <source>Take out of the &amp;charts</source>
        <translation>&amp;Grafiklerden çıkar</translation>
    </message>
    <message>
        <source>Show in &amp;charts</source>
        <translation>&amp;Grafiklerde göster</translation>
    </message>
    <message>
        <source>Take the &amp;star away</source>
        <translation>&amp;Yıldızı kaldır</translation>
    </message>
    <message>
        <source>&amp;Star</source>
        <translation>&amp;Yıldızla</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>Yeniden &amp;adlandır</translation>
    </message>
    <message>
        <source>Edit &amp;tags</source>
        <translation>&amp;Etiketleri düzenle</translation>
    </message>
    <message>
        <source>Edit &amp;note</source>
        <translation>&amp;Notu düzenle</translation>
    </message>
    <message>
        <source>&amp;Edit as new</source>
        <translation>Y&amp;enisi olarak düzenle</translation>
    </message>
    <message>
        <source>Copy ro&amp;ws</source>
        <translation>Satırları kop&amp;yala</translation>
    </message>
    <message>
        <source>Copy co&amp;mmand</source>
        <translation>Ko&amp;mutu kopyala</translation>
    </message>
    <message>
        <source>Put in the tras&amp;h</source>
        <translation>Çö&amp;pe at</translation>
    </message>
    <message>
        <source>Smallest &amp;first</source>
        <translation>Önce &amp;küçükler</translation>
    </message>
    <message>
        <source>&amp;Largest first</source>
        <translation>Önce &amp;büyükler</translation>
    </message>
    <message>
        <source>&amp;Newest first</source>
        <translation>Önce &amp;yeniler</translation>
    </message>
    <message>
        <source>&amp;Group by this</source>
        <translation>Buna göre &amp;grupla</translation>
    </message>
    <message>
        <source>&amp;Hide this column</source>
        <translation>Bu sütunu giz&amp;le</translation>
    </message>
    <message>
        <source>&amp;Open all groups</source>
        <translation>Bütün grupları &amp;aç</translation>
    </message>
    <message>
        <source>&amp;Close all groups</source>
        <translation>Bütün grupları &amp;kapat</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>Sütunlar…</translation>
    </message>
    <message>
        <source>Res&amp;ume</source>
        <translation>Sü&amp;rdür</translation>
    </message>
    <message>
        <source>Compare its &amp;group</source>
        <translation>&amp;Grubunu karşılaştır</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::RunsPage</name>
    <message>
        <source>No run matches the filter.</source>
        <translation>Süzgece uyan koşu yok.</translation>
    </message>
    <message>
        <source>Runs will be listed here, with what they were made of and what they reached.</source>
        <translation>Koşular burada, neden yapıldıkları ve neye ulaştıklarıyla listelenecek.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Süzgeci temizle</translation>
    </message>
    <message>
        <source>Configure the first</source>
        <translation>İlkini yapılandır</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n koşu</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 runs</source>
        <translation>%1 / %2 koşu</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%n grup</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in charts</source>
        <translation>
            <numerusform>%n tanesi grafiklerde</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n seçili</numerusform>
        </translation>
    </message>
    <message>
        <source>Filter: words, or loss.best &lt; 0.01 and batch_size = 4</source>
        <translation>Süz: sözcükler ya da loss.best &lt; 0.01 and batch_size = 4</translation>
    </message>
    <message>
        <source>Filter runs</source>
        <translation>Koşuları süz</translation>
    </message>
    <message>
        <source>What can be written here</source>
        <translation>Buraya yazılabilecekler</translation>
    </message>
    <message>
        <source>Help on filters</source>
        <translation>Süzgeç yardımı</translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation>&amp;Grupla</translation>
    </message>
    <message>
        <source>&amp;Group: %1</source>
        <translation>&amp;Grup: %1</translation>
    </message>
    <message>
        <source>Co&amp;lumns</source>
        <translation>&amp;Sütunlar</translation>
    </message>
    <message>
        <source>Tras&amp;h</source>
        <translation>Çö&amp;p</translation>
    </message>
    <message>
        <source>Tras&amp;h (%1)</source>
        <translation>Çö&amp;p (%1)</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Koşular</translation>
    </message>
    <message>
        <source>Look at examples</source>
        <translation>Örneklere bak</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::SampleCard</name>
    <message>
        <source>Sample now</source>
        <translation>Şimdi örnek yaz</translation>
    </message>
    <message>
        <source>Let the model continue the prompt after this batch</source>
        <translation>Bu batch bitince modele istemin devamını yazdır</translation>
    </message>
    <message>
        <source>Texts that the model writes will stand here, each with its batch.</source>
        <translation>Modelin yazdığı metinler, batch numaralarıyla burada durur.</translation>
    </message>
    <message>
        <source>This run wrote no text.</source>
        <translation>Bu koşu metin yazmadı.</translation>
    </message>
    <message>
        <source>before the first batch</source>
        <translation>ilk batch öncesi</translation>
    </message>
    <message>
        <source>at batch %1</source>
        <translation>batch %1</translation>
    </message>
    <message>
        <source>Sample texts</source>
        <translation>Örnek metinler</translation>
    </message>
    <message numerus="yes">
        <source>%n older</source>
        <translation>
            <numerusform>%n eski metin</numerusform>
        </translation>
    </message>
    <message>
        <source>Let the model of the newest checkpoint continue a prompt</source>
        <translation>En yeni kontrol noktasındaki model bir istemi sürdürsün</translation>
    </message>
    <message>
        <source>%1, behind “%2”, temperature %3</source>
        <translation>%1, “%2” ardından, sıcaklık %3</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::SampleDialog</name>
    <message>
        <source>Sample from %1</source>
        <translation>%1 koşusundan örnek</translation>
    </message>
    <message>
        <source>0 takes the likeliest each time, 1 draws as the model has learnt</source>
        <translation>0 her seferinde en olasıyı alır, 1 modelin öğrendiği gibi çeker</translation>
    </message>
    <message>
        <source>%1 goes on from the prompt as its newest checkpoint would. The text is kept with the run.</source>
        <translation>%1, istemi en yeni kontrol noktasından sürdürür. Metin koşuyla birlikte saklanır.</translation>
    </message>
    <message>
        <source>&amp;Prompt</source>
        <translation>İ&amp;stem</translation>
    </message>
    <message>
        <source>&amp;Length</source>
        <translation>&amp;Uzunluk</translation>
    </message>
    <message>
        <source>&amp;Temperature</source>
        <translation>&amp;Sıcaklık</translation>
    </message>
    <message>
        <source>&amp;Write</source>
        <translation>&amp;Yaz</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Vazgeç</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::SamplesCard</name>
    <message>
        <source>%1 padding</source>
        <translation>%1 dolgu</translation>
    </message>
    <message>
        <source>The first samples of the text will be shown here.</source>
        <translation>Metnin ilk örnekleri burada görünür.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 örnekten %1</translation>
    </message>
    <message>
        <source>%1 to train on, %2 to validate</source>
        <translation>eğitim %1, doğrulama %2</translation>
    </message>
    <message>
        <source>%1 distinct bytes</source>
        <translation>%1 farklı bayt</translation>
    </message>
    <message>
        <source>no padding</source>
        <translation>dolgu yok</translation>
    </message>
    <message>
        <source>entropy %1 nats a byte</source>
        <translation>entropi %1 nat/bayt</translation>
    </message>
    <message>
        <source>First samples</source>
        <translation>İlk örnekler</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::SavedLine</name>
    <message>
        <source>&amp;Open folder</source>
        <translation>Klasörü &amp;aç</translation>
    </message>
    <message>
        <source>Saved in %1</source>
        <translation>Kaydedildi: %1</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ScatterTable</name>
    <message>
        <source>run</source>
        <translation>koşu</translation>
    </message>
    <message>
        <source>validation loss, best</source>
        <translation>doğrulama kaybı, en iyi</translation>
    </message>
    <message>
        <source>validation loss, last</source>
        <translation>doğrulama kaybı, son</translation>
    </message>
    <message>
        <source>loss, mean of last 20</source>
        <translation>kayıp, son 20 ortalaması</translation>
    </message>
    <message>
        <source>loss, lowest single batch</source>
        <translation>kayıp, en düşük tek batch</translation>
    </message>
    <message>
        <source>loss, last single batch</source>
        <translation>kayıp, son tek batch</translation>
    </message>
    <message>
        <source>loss, first batch</source>
        <translation>kayıp, ilk batch</translation>
    </message>
    <message>
        <source>peak memory, GB</source>
        <translation>tepe bellek, GB</translation>
    </message>
    <message>
        <source>tokens a second</source>
        <translation>token/sn</translation>
    </message>
    <message>
        <source>time a batch, s</source>
        <translation>batch süresi, sn</translation>
    </message>
    <message>
        <source>duration, s</source>
        <translation>süre, sn</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>batch</translation>
    </message>
    <message>
        <source>losses that are not finite</source>
        <translation>sonlu olmayan kayıplar</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::SelectedRuns</name>
    <message>
        <source>Compare</source>
        <translation>Karşılaştır</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Rapor</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Etiketler</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Yıldız</translation>
    </message>
    <message>
        <source>Edit as new</source>
        <translation>Yenisi olarak düzenle</translation>
    </message>
    <message>
        <source>Put in the trash</source>
        <translation>Çöpe at</translation>
    </message>
    <message>
        <source>Lay the selected runs over each other</source>
        <translation>Seçili koşuları üst üste koy</translation>
    </message>
    <message>
        <source>A report on the selected runs</source>
        <translation>Seçili koşuların raporu</translation>
    </message>
    <message>
        <source>Give the selected runs a tag, or take it away</source>
        <translation>Seçili koşulara etiket ver ya da etiketi al</translation>
    </message>
    <message>
        <source>Star, or take the star away (S)</source>
        <translation>Yıldızla ya da yıldızı kaldır (S)</translation>
    </message>
    <message>
        <source>Configure a run with these settings (Ctrl+D)</source>
        <translation>Bu ayarlarla bir koşu yapılandır (Ctrl+D)</translation>
    </message>
    <message>
        <source>Can be undone (Delete)</source>
        <translation>Geri alınabilir (Delete)</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::SmoothingSlider</name>
    <message>
        <source>&amp;Mean of batches</source>
        <translation>Yığınların &amp;ortalaması</translation>
    </message>
    <message>
        <source>&amp;Weight of what came before</source>
        <translation>Öncekilerin &amp;ağırlığı</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Yumuşatma</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::StartCard</name>
    <message>
        <source>Line %1</source>
        <translation>Satır %1</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Göster</translation>
    </message>
    <message>
        <source>1 reason it cannot start</source>
        <translation>Başlamasını engelleyen 1 neden</translation>
    </message>
    <message>
        <source>%1 reasons it cannot start</source>
        <translation>Başlamasını engelleyen %1 neden</translation>
    </message>
    <message>
        <source>&amp;Apply both</source>
        <translation>İk&amp;isini yap</translation>
    </message>
    <message>
        <source>&amp;Apply all</source>
        <translation>&amp;Tümünü yap</translation>
    </message>
    <message>
        <source>It will start when %1 has ended.</source>
        <translation>%1 bitince başlar.</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Başlat</translation>
    </message>
    <message>
        <source>Train with these settings (Ctrl+R)</source>
        <translation>Bu ayarlarla eğit (Ctrl+R)</translation>
    </message>
    <message>
        <source>More ways to start</source>
        <translation>Başka başlatma yolları</translation>
    </message>
    <message>
        <source>Add to &amp;queue</source>
        <translation>&amp;Kuyruğa ekle</translation>
    </message>
    <message>
        <source>Start with &amp;3 seeds</source>
        <translation>&amp;3 tohumla başlat</translation>
    </message>
    <message>
        <source>%1 reasons it cannot start, the first %2:</source>
        <translation>Başlayamamasının %1 nedeni var, ilk %2:</translation>
    </message>
    <message>
        <source>Reading the text and the weights; it starts as soon as they are there…</source>
        <translation>Metin ve ağırlıklar okunuyor; okununca hemen başlayacak…</translation>
    </message>
    <message>
        <source>Reading the text and the weights…</source>
        <translation>Metin ve ağırlıklar okunuyor…</translation>
    </message>
    <message>
        <source>&amp;Vary settings…</source>
        <translation>A&amp;yarları değiştirerek…</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::StatisticsCard</name>
    <message>
        <source>Copy</source>
        <translation>Kopyala</translation>
    </message>
    <message>
        <source>not finite</source>
        <translation>sonlu değil</translation>
    </message>
    <message>
        <source>lowest, at %1</source>
        <translation>en düşük, yeri %1</translation>
    </message>
    <message>
        <source>highest, at %1</source>
        <translation>en yüksek, yeri %1</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>ortalama</translation>
    </message>
    <message>
        <source>standard deviation</source>
        <translation>standart sapma</translation>
    </message>
    <message>
        <source>last</source>
        <translation>son</translation>
    </message>
    <message>
        <source>slope a second</source>
        <translation>saniyede eğim</translation>
    </message>
    <message>
        <source>slope a %1</source>
        <translation>eğim (%1 başına)</translation>
    </message>
    <message>
        <source>curve</source>
        <translation>eğri</translation>
    </message>
    <message>
        <source>points</source>
        <translation>nokta</translation>
    </message>
    <message>
        <source>finite</source>
        <translation>sonlu</translation>
    </message>
    <message>
        <source>lowest</source>
        <translation>en düşük</translation>
    </message>
    <message>
        <source>at</source>
        <translation>yeri</translation>
    </message>
    <message>
        <source>highest</source>
        <translation>en yüksek</translation>
    </message>
    <message>
        <source>slope</source>
        <translation>eğim</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopyalandı</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 nokta</translation>
    </message>
    <message>
        <source>Statistics of the visible range</source>
        <translation>Görünen aralığın istatistikleri</translation>
    </message>
    <message>
        <source>No point of the loss is in the visible range.</source>
        <translation>Görünen aralıkta kaybın hiçbir noktası yok.</translation>
    </message>
    <message>
        <source>Copy the statistics of the visible range</source>
        <translation>Görünen aralığın istatistiklerini kopyala</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::StatusLine</name>
    <message>
        <source>%1 °C</source>
        <translation>%1 °C</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 koşu sırada</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>batch %1 of %2</source>
        <translation>batch %1 / %2</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>kayıp %1</translation>
    </message>
    <message>
        <source>peak %1</source>
        <translation>tepe %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>kalan %1</translation>
    </message>
    <message>
        <source>saved %1 ago</source>
        <translation>%1 önce kaydedildi</translation>
    </message>
    <message>
        <source>%1 batches/s over %2 s</source>
        <translation>%2 sn ortalaması %1 batch/sn</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::TopBar</name>
    <message>
        <source>Stopping…</source>
        <translation>Durduruluyor…</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>D&amp;urdur</translation>
    </message>
    <message>
        <source>Checkpoint now</source>
        <translation>Şimdi kontrol noktası al</translation>
    </message>
    <message>
        <source>Write a checkpoint after this batch (Ctrl+K)</source>
        <translation>Bu batch bitince kontrol noktası yaz (Ctrl+K)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Duraklat</translation>
    </message>
    <message>
        <source>Pause after this batch; the model stays in memory (Ctrl+P)</source>
        <translation>Bu batch bitince duraklat; model bellekte kalır (Ctrl+P)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Sürdür</translation>
    </message>
    <message>
        <source>Go on with the next batch (Ctrl+P)</source>
        <translation>Sonraki batch ile devam et (Ctrl+P)</translation>
    </message>
    <message>
        <source>Stop after this batch and write a checkpoint (Ctrl+.)</source>
        <translation>Bu batch bitince durdur ve kontrol noktası yaz (Ctrl+.)</translation>
    </message>
    <message>
        <source>Menu (F10)</source>
        <translation>Menü (F10)</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Yazılıyor…</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>Duraklatılıyor…</translation>
    </message>
    <message>
        <source>Going on…</source>
        <translation>Sürdürülüyor…</translation>
    </message>
    <message>
        <source>Stops in %1 s · Keep running</source>
        <translation>%1 sn sonra durur · Sürdür</translation>
    </message>
    <message>
        <source>Press again to let the run go on (Ctrl+.)</source>
        <translation>Koşunun sürmesi için yeniden bas (Ctrl+.)</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::TrashCan</name>
    <message>
        <source>%1 is live: stop it before putting it in the trash.</source>
        <translation>%1 sürüyor: çöpe atmadan önce durdurun.</translation>
    </message>
    <message>
        <source>Put %1 in the trash.</source>
        <translation>%1 çöpe atıldı.</translation>
    </message>
    <message numerus="yes">
        <source>Put %n run(s) in the trash.</source>
        <translation>
            <numerusform>%n koşu çöpe atıldı.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n live run(s) stayed.</source>
        <translation>
            <numerusform>Süren %n koşu yerinde kaldı.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Geri al</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) are back.</source>
        <translation>
            <numerusform>%n koşu geri geldi.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo Put in the Trash</source>
        <translation>Çöpe Atmayı Geri Al</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::TrashModel</name>
    <message>
        <source>Name</source>
        <translation>Ad</translation>
    </message>
    <message>
        <source>Put here</source>
        <translation>Buraya kondu</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Durum</translation>
    </message>
    <message>
        <source>Best loss</source>
        <translation>En iyi kayıp</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>Takes about</source>
        <translation>Kapladığı yer</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::TrashView</name>
    <message>
        <source>Delete %1 for good? Its points and checkpoints, about %2, cannot be brought back.</source>
        <translation>%1 kalıcı olarak silinsin mi? Noktaları ve kontrol noktaları, yaklaşık %2, geri getirilemez.</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n run(s) for good? Their points and checkpoints, about %1, cannot be brought back.</source>
        <translation>
            <numerusform>%n koşu kalıcı olarak silinsin mi? Noktaları ve kontrol noktaları, yaklaşık %1, geri getirilemez.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Back to the runs</source>
        <translation>&amp;Koşulara dön</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Çöp</translation>
    </message>
    <message>
        <source>&amp;Put back</source>
        <translation>&amp;Geri koy</translation>
    </message>
    <message>
        <source>&amp;Delete for good…</source>
        <translation>Kalıcı &amp;sil…</translation>
    </message>
    <message>
        <source>De&amp;lete for good</source>
        <translation>Kalıcı s&amp;il</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>Sa&amp;kla</translation>
    </message>
    <message>
        <source>The trash is empty. Runs that are deleted wait here until they are put back, or deleted for good.</source>
        <translation>Çöp boş. Silinen koşular, geri konana ya da kalıcı silinene kadar burada bekler.</translation>
    </message>
    <message>
        <source>Runs in the trash</source>
        <translation>Çöpteki koşular</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::VaryDialog</name>
    <message>
        <source>Add to &amp;queue</source>
        <translation>Kuyruğa &amp;ekle</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Başlat</translation>
    </message>
    <message>
        <source>Vary settings of %1</source>
        <translation>%1 ayarlarını değiştirerek dene</translation>
    </message>
    <message>
        <source>Every value of one setting with every value of the others, one run each; the seeds of a cell follow one another. All else stays as it is in Configure.</source>
        <translation>Bir ayarın her değeri ötekilerin her değeriyle birer koşu olur; bir gözün tohumları art arda gelir. Kalan her şey Yapılandır&apos;daki gibidir.</translation>
    </message>
    <message>
        <source>&amp;Vary another setting</source>
        <translation>Başka bir a&amp;yarı da değiştir</translation>
    </message>
    <message>
        <source>The runs, in the order in which they are trained</source>
        <translation>Koşular, eğitilecekleri sırayla</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Vazgeç</translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation>&amp;Grup</translation>
    </message>
    <message>
        <source>%1 is varied twice.</source>
        <translation>%1 iki kez değiştiriliyor.</translation>
    </message>
    <message>
        <source>The runs need a group, by which they are found again.</source>
        <translation>Koşuların yeniden bulunabilmesi için bir grup adı gerekir.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s): %1.</source>
        <translation>
            <numerusform>%n koşu: %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>They will take about %1.</source>
        <translation>Yaklaşık %1 sürecekler.</translation>
    </message>
    <message>
        <source>How long they will take is not known: no such run was measured here yet.</source>
        <translation>Ne kadar sürecekleri bilinmiyor: burada henüz böyle bir koşu ölçülmedi.</translation>
    </message>
    <message>
        <source>%1 of them cannot start.</source>
        <translation>%1 tanesi başlayamaz.</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::VaryLine</name>
    <message>
        <source>Setting to vary</source>
        <translation>Değiştirilecek ayar</translation>
    </message>
    <message>
        <source>Its values</source>
        <translation>Değerleri</translation>
    </message>
    <message>
        <source>Values with commas between, or a range: 1..3, or with its step 0.1..0.5..0.1</source>
        <translation>Virgülle ayrılmış değerler ya da bir aralık: 1..3, adımıyla 0.1..0.5..0.1</translation>
    </message>
    <message>
        <source>Vary it no more</source>
        <translation>Artık değiştirme</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::WatchChanged</name>
    <message>
        <source>What the tracked folder differed in from its commit:</source>
        <translation>İzlenen klasörün commit&apos;inden farkı:</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>Neler değişti</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::WatchCharts</name>
    <message>
        <source>Reading the run…</source>
        <translation>Koşu okunuyor…</translation>
    </message>
    <message>
        <source>The curve begins with the first batch.</source>
        <translation>Eğri ilk batch ile başlar.</translation>
    </message>
    <message>
        <source>This run ended before its first batch.</source>
        <translation>Bu koşu ilk batch tamamlanmadan bitti.</translation>
    </message>
    <message>
        <source>No learning rate was noted.</source>
        <translation>Öğrenme oranı kaydedilmemiş.</translation>
    </message>
    <message>
        <source>Memory is measured with every batch.</source>
        <translation>Bellek her batch ile ölçülür.</translation>
    </message>
    <message>
        <source>No memory was measured.</source>
        <translation>Bellek ölçülmedi.</translation>
    </message>
    <message>
        <source>Copy as a pict&amp;ure</source>
        <translation>R&amp;esim olarak kopyala</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Kaydet…</translation>
    </message>
    <message>
        <source>This run has no metric called loss.</source>
        <translation>Bu koşunun loss adlı bir metriği yok.</translation>
    </message>
    <message>
        <source>None of these metrics is recorded in the runs shown.</source>
        <translation>Bu metriklerden hiçbiri gösterilen koşularda kaydedilmemiş.</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::WatchLedger</name>
    <message>
        <source>%1 less were taken (%2)</source>
        <translation>%1 daha az tutuldu (%2)</translation>
    </message>
    <message>
        <source>%1 more were taken (%2)</source>
        <translation>%1 daha fazla tutuldu (%2)</translation>
    </message>
    <message>
        <source>What the peak is made of</source>
        <translation>Tepe nelerden oluşuyor</translation>
    </message>
    <message>
        <source>Weights and optimizer as they were measured, the rest as it was predicted</source>
        <translation>Ağırlıklar ve eniyileyici ölçüldüğü gibi, gerisi öngörüldüğü gibi</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::WatchPage</name>
    <message>
        <source>No run yet. Its loss and memory will be drawn here, batch by batch, from the moment it starts.</source>
        <translation>Henüz koşu yok. İlki başladığı andan itibaren kaybı ve belleği, batch batch burada çizilir.</translation>
    </message>
    <message>
        <source>Select a run in the list to see its loss, its memory and what it writes.</source>
        <translation>Kaybını, belleğini ve yazdıklarını görmek için listeden bir koşu seçin.</translation>
    </message>
    <message>
        <source>Choose a preset</source>
        <translation>Ön ayar seç</translation>
    </message>
    <message>
        <source>Look at examples</source>
        <translation>Örneklere bak</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::WatchTable</name>
    <message>
        <source>Copy</source>
        <translation>Kopyala</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::WeightsFetch</name>
    <message>
        <source>Stopped. What is there of %1 is kept, and gone on from.</source>
        <translation>Durduruldu. %1 modelinden gelen saklandı, oradan sürdürülür.</translation>
    </message>
    <message>
        <source>%1 is there.</source>
        <translation>%1 hazır.</translation>
    </message>
    <message>
        <source>%1 is there. Licence: %2.</source>
        <translation>%1 hazır. Lisansı: %2.</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1: %3 içinden %2</translation>
    </message>
    <message>
        <source>%1: asking the hub…</source>
        <translation>%1: depoya soruluyor…</translation>
    </message>
    <message>
        <source>, %1 a second, %2 left</source>
        <translation>, saniyede %1, kalan %2</translation>
    </message>
    <message>
        <source>&amp;Get weights…</source>
        <translation>Ağırlıkları &amp;indir…</translation>
    </message>
    <message>
        <source>Fetches them from the hub into the Hugging Face cache</source>
        <translation>Onları depodan Hugging Face önbelleğine indirir</translation>
    </message>
    <message>
        <source>Get &amp;weights, then start</source>
        <translation>İndir, &amp;sonra başlat</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Durdur</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::WhatIsThis</name>
    <message>
        <source>What is this: %1</source>
        <translation>Bu nedir: %1</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>Bu nedir?</translation>
    </message>
</context>
<context>
    <name>nabiz::ui::WindowNotices</name>
    <message>
        <source>Go On in Another File…</source>
        <translation>Başka dosyada sürdür…</translation>
    </message>
    <message>
        <source>Go On in Another File</source>
        <translation>Başka dosyada sürdür</translation>
    </message>
    <message>
        <source>Databases (*.db);;All files (*)</source>
        <translation>Veritabanları (*.db);;Tüm dosyalar (*)</translation>
    </message>
    <message>
        <source>%1 was interrupted after batch %2.</source>
        <translation>%1, %2. batch&apos;ten sonra kesildi.</translation>
    </message>
    <message>
        <source>%1 was interrupted before its first batch.</source>
        <translation>%1, ilk batch&apos;inden önce kesildi.</translation>
    </message>
    <message>
        <source>Last heard of: %1.</source>
        <translation>Son iz: %1.</translation>
    </message>
    <message>
        <source>So were %1 more.</source>
        <translation>Ayrıca %1 koşu daha.</translation>
    </message>
    <message>
        <source>All that was recorded is kept.</source>
        <translation>Kaydedilen her şey duruyor.</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Göster</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Sürdür</translation>
    </message>
</context>
</TS>
