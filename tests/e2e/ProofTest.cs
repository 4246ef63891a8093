using System.Net.Http.Json;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Classroom.E2e.Tests;

/// <summary>
/// Invariant: at an address where somebody has guessed codes, a child's phone works for a moment by itself and is in. On the plain HTTP of a school's box, where a page
/// has no WebCrypto; by a worker beside the page.
/// </summary>
public sealed class ProofTest(ITestOutputHelper output)
{
    private const double SlowerThanHere = 6;

    /// <summary>With a worker, and as a browser without one does it: on the page's own thread, which is the one that can be slowed.</summary>
    [Theory]
    [InlineData("kk", true)]
    [InlineData("ru", false)]
    public async Task A_phone_at_an_address_of_guessers_works_and_is_in(string language, bool hasWorkers)
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var browsers = await Browsers.StartAsync();
        var teacher = await Teacher.OpenAsync(browsers, silo, atCentre: false);
        IReadOnlyList<string> words;
        IPage page;
        var (round, hashed) = (0, 0);
        do
        {
            page = await browsers.OpenAsync(
                $"{silo.Url.Replace(Browsers.Loopback, Browsers.Box, StringComparison.Ordinal)}/", 360, 740, language,
                first: context => hasWorkers ? Task.CompletedTask : context.AddInitScriptAsync("delete globalThis.Worker"));
            page.Request += (_, request) => hashed = request.Url.EndsWith("/api/join/check", StringComparison.Ordinal)
                && request.PostDataJSON()?.TryGetProperty("proof", out var proof) == true ? proof.GetProperty("number").GetInt32() + 1 : hashed;
            words = await JoinAsync(page, silo, teacher.Code, hasWorkers ? 1 : SlowerThanHere);
        }
        // What is free came back between the guesses and the press.
        while (words.Count == 0 && ++round < 5);

        words.ShouldHaveSingleItem().ShouldNotBeNullOrWhiteSpace();
        (await page.EvaluateAsync<bool>("() => isSecureContext")).ShouldBeFalse("it is the phones' way that is shown");
        (await page.EvaluateAsync<string[]>("() => performance.getEntriesByType('resource').map(e => e.name)"))
            .Any(n => n.Contains("/assets/puzzleWorker", StringComparison.Ordinal)).ShouldBe(hasWorkers);
        var took = await page.EvaluateAsync<double>("() => window.work.ended - window.work.began");
        output.WriteLine($"{took:F0} ms for {hashed} hashes, {hashed / took:F0} a millisecond, {(hasWorkers ? "by a worker" : $"on a page that is {SlowerThanHere} times slower")}");
        browsers.Complaints.ShouldBeEmpty();
    }

    /// <returns>What the page said meanwhile.</returns>
    private static async Task<IReadOnlyList<string>> JoinAsync(IPage page, SiloProcess silo, string code, double slower)
    {
        await page.EvaluateAsync(
            """
            () => {
              window.work = { words: [] };
              new MutationObserver(() => {
                const shown = document.querySelector("[data-testid=working]");
                if (shown) { window.work.began ??= performance.now(); window.work.words = [shown.textContent]; }
                else if (window.work.began) window.work.ended ??= performance.now();
              }).observe(document.body, { childList: true, subtree: true, characterData: true });
            }
            """);
        await page.Locator("input.code").FillAsync(code);
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = slower });
        await ExhaustAsync(silo);
        await page.Locator("button[type=submit]").ClickAsync();
        // The code is worked for on the first screen, and not again with the name.
        await page.Locator(".names .pick").First.ClickAsync(new() { Timeout = 60_000 });
        await page.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator("main.join")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        return await page.EvaluateAsync<string[]>("() => window.work.words");
    }

    // Everything that is free at this address in this minute.
    private static async Task ExhaustAsync(SiloProcess silo)
    {
        using var guesser = await silo.BrowserAsync();
        for (var round = 0; round < 100; round++)
        {
            var codes = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
            {
                using var answer = await guesser.PostAsJsonAsync("/api/join", new { code = "Z" + Random.Shared.GetHexString(11).Replace('0', 'Z').Replace('1', 'Y'), nickname = "Құс", language = "kk", level = "simple" });
                return (int)answer.StatusCode;
            }));
            if (codes.Contains(429))
            {
                return;
            }
        }

        throw new InvalidOperationException("4,000 guesses were free.");
    }
}
