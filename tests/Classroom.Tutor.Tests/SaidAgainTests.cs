using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Tutor.Tests;

/// <summary>Invariant: a discarded text is told by nobody again, whatever a model does to it; a text that only shares words with one is told.</summary>
public sealed class SaidAgainTests
{
    private const string Bad = "Жапырақ көк болады. Ол жарық пен суды ұстап, өзіне тамақ жасайды. Түнде ол ұйықтап, таңертең қайта оянады. Сондықтан бақша түнде суық болады.";
    private static readonly int[] Sizes = [1, 2, 7, 40, 500];
    private readonly IDistributedCache _shared = Sample.Shared();

    [Theory]
    [InlineData(Bad)]
    [InlineData("Міне. " + Bad + " Тағы.")]
    [InlineData("Сонымен Жапырақ көк болады. Ол жарық пен суды ұстап, өзіне тамақ жасайды. Түнде ол ұйықтап, таңертең қайта оянады. Сондықтан бақша түнде суық болады.")]
    [InlineData("Жақсы, тағы бір рет айтып көрейік, жапырақ көк болады, ал ол жарық пен суды ұстап, өзіне тамақ жасайды. Түнде ол ұйықтап, таңертең қайта оянады. Сондықтан бақша түнде суық болады.")]
    [InlineData("Сондықтан бақша түнде суық болады. Түнде ол ұйықтап, таңертең қайта оянады. Ол жарық пен суды ұстап, өзіне тамақ жасайды. Жапырақ көк болады.")]
    [InlineData("Жапырақ қызыл болады. Ол жарық пен суды ұстап, өзіне нан жасайды. Түнде ол қалғып, таңертең қайта оянады. Сондықтан бақша түнде суық болады.")]
    [InlineData("Жапырақ көк болады. Ол жарық пен суды ұстап, өзіне тамақ жасайды. Түнде ол ұйықтап, таңертең қайта оянады.")]
    [InlineData("ЖАПЫРАҚ КӨК БОЛАДЫ!\n\nОл жарық - пен суды ұстап - өзіне тамақ жасайды!\nТүнде ол ұйықтап таңертең қайта оянады…\n* Сондықтан бақша түнде суық болады")]
    [InlineData("Бүгін біз басқа нәрсе туралы сөйлесеміз деп ойлаймын. Ол туралы көп айтуға болады екен. Ол жарық пен суды ұстап, өзіне тамақ жасайды. Түнде ол ұйықтап, таңертең қайта оянады. Сондықтан бақша түнде суық болады. Бұл жерде тағы бір жаңа сөйлем бар екен.")]
    public async Task Whatever_is_done_to_a_discarded_text_nobody_reads_it_again(string said)
    {
        var cache = Sample.Cache(_shared);
        await cache.DiscardAsync(Bad, default);
        foreach (var size in Sizes)
        {
            var (told, isAgain) = await SayAsync(cache, said, size);
            isAgain.ShouldBeTrue($"in pieces of {size}");
            foreach (var words in new[] { "тамақ жасайды", "ұйықтап", "бақша түнде" })
            {
                told.ShouldNotContain(words);
            }
        }

        (await SaidAgain.IsInAsync(cache, said, default)).ShouldBeTrue();
        (await SaidAgain.IsInAsync(Sample.Cache(_shared), said, default)).ShouldBeTrue("another process knows it");
    }

    [Theory]
    [InlineData("Жапырақ көк болады. Ол жарық пен суды ұстап, өзіне қант жасайды, оттегін ауаға шығарады.")]
    [InlineData("Жапырақ көк болады.")]
    [InlineData("Жапырақ")]
    [InlineData("")]
    [InlineData("1. Бір. 2. Екі.\n\n*Үш*")]
    [InlineData("Ауа 0.5 литр болса, ол жарық пен суды ұстамайды екен ғой. Ал түнде жапырақ ұйықтамайды, тек тыныс алады.")]
    [InlineData("Бұл сұраққа енді басқаша жауап беріп көрейік деп отырмын, ол жарық пен суды ұстап, өзіне тамақ жасайды. Ал қант деген сол тамақтың өзі екен, соны бірге қарап көрейік.")]
    [InlineData("Жапырақ күннен жарық алып, одан қант жасап шығарады. Судың бәрі тамырдан жоғары көтеріледі екен. Сондықтан бақша түнде суық болады. Осыны өзің тексеріп көруге болады, әрине.")]
    public async Task What_only_shares_words_or_a_sentence_with_it_is_told(string other)
    {
        var cache = Sample.Cache(_shared);
        await cache.DiscardAsync(Bad, default);
        foreach (var size in Sizes)
        {
            (await SayAsync(cache, other, size)).ShouldBe((other, false), $"in pieces of {size}");
        }
    }

    [Fact]
    public async Task What_may_become_it_is_held_until_enough_else_was_said()
    {
        var cache = Sample.Cache(_shared);
        await cache.DiscardAsync(Bad, default);
        var said = new SaidAgain(cache);
        (await said.AddAsync("Бүгін жапырақ туралы сөйлесеміз. ", isEnd: false, default)).ShouldBe("Бүгін жапырақ туралы сөйлесеміз. ");
        (await said.AddAsync("Ол жарық пен суды ұстап, өзіне тамақ ", isEnd: false, default)).ShouldBe("");
        (await said.AddAsync("жасайды. Бірақ бұл толық ", isEnd: false, default)).ShouldBe("");
        (await said.AddAsync("шындық емес, өйткені ол қант жасайды екен. ", isEnd: false, default)).ShouldBe(
            "Ол жарық пен суды ұстап, өзіне тамақ жасайды. Бірақ бұл толық шындық емес, өйткені ол қант жасайды екен. ");
    }

    // A usual beginning of a few words is nobody's: it is known as the whole of a text only.
    [Theory]
    [InlineData("Leaves are green.")]
    [InlineData("Leaves are always green.")]
    public async Task A_short_discarded_text_is_refused_and_poisons_no_other(string shortOne)
    {
        var cache = Sample.Cache(_shared);
        await cache.DiscardAsync(shortOne, default);
        foreach (var size in Sizes)
        {
            (await SayAsync(cache, shortOne.ToUpperInvariant(), size)).ShouldBe(("", true));
            var other = shortOne + " They catch light and make sugar of it, as you saw.";
            (await SayAsync(cache, other, size)).ShouldBe((other, false));
        }
    }

    // As earlier versions kept it: by the letters of the whole; by the words of the whole and the first few of them.
    [Fact]
    public async Task What_yesterdays_versions_discarded_stays_discarded()
    {
        var kept = new ServiceCollection().AddSingleton(_shared).AddHybridCache().Services.BuildServiceProvider().GetRequiredService<HybridCache>();
        const string First = "Жапырақ сары болады, өйткені күз келді.";
        await kept.SetAsync("discarded/" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(First))), "bad");
        (await SaidAgain.IsInAsync(Sample.Cache(_shared), First, default)).ShouldBeTrue("the first version kept no more than this");
        // Letters as the second version folded them.
        var words = "жапырак кок болады ол жарык пен суды устап озине тамак жасайды".Split(' ');
        string HashOf(int count) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', words.Take(count)))).AsSpan(0, 12));
        await kept.SetAsync("discarded/from/" + HashOf(4), JsonSerializer.Serialize(new[] { new { Words = 11, Prefixes = new[] { HashOf(6), HashOf(11) } } }));
        await kept.SetAsync("discarded/any", "bad");
        foreach (var size in Sizes)
        {
            foreach (var around in new[] { "{0}", "Бұл туралы көп айттық. {0} Болды." })
            {
                (await SayAsync(Sample.Cache(_shared), string.Format(System.Globalization.CultureInfo.InvariantCulture, around, "Жапырақ көк болады, ол жарық пен суды ұстап, өзіне тамақ жасайды!"), size)).IsAgain.ShouldBeTrue();
            }

            (await SayAsync(Sample.Cache(_shared), "Жапырақ көк болады, ол жарық пен суды ұстап, өзіне қант жасайды, иә.", size)).IsAgain.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Those_who_discard_at_once_lose_nothing()
    {
        var slow = new Slow(_shared);
        var texts = Enumerable.Range(0, 20).Select(i => $"Жапырақ күн сәулесін ұстайды дейді {i} рет айтқан адам. Сосын оның {i} түрлі түсі болады екен деп ойлайды.").ToList();
        await Task.WhenAll(texts.Select(t => Sample.Cache(slow).DiscardAsync(t, default)));
        foreach (var text in texts)
        {
            (await SaidAgain.IsInAsync(Sample.Cache(_shared), "Міне былай: " + text + " Болды.", default)).ShouldBeTrue(text);
        }
    }

    [Fact]
    public async Task Only_hashes_of_it_are_kept()
    {
        var seen = new Slow(_shared);
        await Sample.Cache(seen).DiscardAsync(Bad, default);
        seen.Written.ShouldNotBeEmpty();
        seen.Written.ShouldAllBe(w => !w.Contains("жапыра", StringComparison.OrdinalIgnoreCase) && !w.Contains("\\u0436", StringComparison.OrdinalIgnoreCase));
        var count = seen.Written.Count;
        await Sample.Cache(seen).DiscardAsync(Bad, default);
        seen.Written.Count.ShouldBe(count, "what is kept already is not written again");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n.!")]
    [InlineData("\u0301\u200b")]
    [InlineData("\ud83d")]
    public async Task A_text_without_words_discards_nothing_else(string nothing)
    {
        var cache = Sample.Cache(_shared);
        await cache.DiscardAsync(nothing, default);
        (await SayAsync(cache, Bad, 7)).ShouldBe((Bad, false));
    }

    [Fact]
    public async Task A_long_text_without_an_end_is_compared_too()
    {
        var cache = Sample.Cache(_shared);
        var endless = string.Join(' ', Enumerable.Range(0, 400).Select(i => $"сөз{i * 7919 % 1000}"));
        await cache.DiscardAsync(endless, default);
        (await SayAsync(cache, endless, 40)).ShouldBe(("", true));
    }

    private static async Task<(string Told, bool IsAgain)> SayAsync(IDiscarded cache, string text, int size)
    {
        var (gate, told) = (new SaidAgain(cache), "");
        for (var at = 0; at < text.Length; at += size)
        {
            if (await gate.AddAsync(text.Substring(at, Math.Min(size, text.Length - at)), isEnd: false, default) is not { } free)
            {
                return (told, true);
            }

            told += free;
        }

        return await gate.AddAsync("", isEnd: true, default) is { } rest ? (told + rest, false) : (told, true);
    }

    /// <summary>Others come in between each reading and writing.</summary>
    private sealed class Slow(IDistributedCache inner) : IDistributedCache
    {
        public System.Collections.Concurrent.ConcurrentBag<string> Written { get; } = [];

        public byte[]? Get(string key) => inner.Get(key);

        public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
        {
            await Task.Yield();
            return await inner.GetAsync(key, token);
        }

        public void Refresh(string key) => inner.Refresh(key);

        public Task RefreshAsync(string key, CancellationToken token = default) => inner.RefreshAsync(key, token);

        public void Remove(string key) => inner.Remove(key);

        public Task RemoveAsync(string key, CancellationToken token = default) => inner.RemoveAsync(key, token);

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => inner.Set(key, value, options);

        public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            await Task.Yield();
            Written.Add(key + Encoding.UTF8.GetString(value));
            await inner.SetAsync(key, value, options, token);
        }
    }
}
