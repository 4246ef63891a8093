using System.Text;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Tutor.Tests;

/// <summary>Invariant: what is kept is given as it was kept, by any process; what is not certainly a whole answer is none, and is replaced.</summary>
public sealed class AnswerCacheTests
{
    private const string Template = "explain.kk@2";
    private static readonly string Key = AnswerCache.KeyOf("explain", "a topic");
    private static readonly CachedAnswer Answer = new("Жапырақ. Жарық.", [8, 15], new Provenance("host", "model-1", Template, 30, 900, false));
    private readonly IDistributedCache _shared = Sample.Shared();

    [Fact]
    public async Task What_one_process_kept_another_gives_with_its_provenance()
    {
        await Sample.Cache(_shared).KeepAsync(Key, Answer, default);
        var found = (await Sample.Cache(_shared).FindAsync(Key, Template, default))!;
        (found.Text, found.Provenance).ShouldBe((Answer.Text, Answer.Provenance));
        found.Ends.ShouldBe(Answer.Ends);
    }

    [Fact]
    public async Task What_stands_under_another_key_is_no_answer()
    {
        await Sample.Cache(_shared).KeepAsync(Key, Answer, default);
        var other = AnswerCache.KeyOf("explain", "another topic");
        await _shared.SetAsync(other, (await _shared.GetAsync(Key))!);
        (await Sample.Cache(_shared).FindAsync(other, Template, default)).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Text":"A.","Ends":[2]}""")]
    [InlineData("""{"Text":null,"Ends":[2],"Provenance":P}""")]
    [InlineData("""{"Text":"","Ends":[0],"Provenance":P}""")]
    [InlineData("""{"Text":"A.","Ends":[],"Provenance":P}""")]
    [InlineData("""{"Text":"A.","Ends":null,"Provenance":P}""")]
    [InlineData("""{"Text":"A.","Ends":[1],"Provenance":P}""")]
    [InlineData("""{"Text":"A.","Ends":[3],"Provenance":P}""")]
    [InlineData("""{"Text":"A. B.","Ends":[5,2,5],"Provenance":P}""")]
    [InlineData("""{"Text":"A. B.","Ends":[-1,5],"Provenance":P}""")]
    [InlineData("""{"Text":"A.","Ends":[2],"Provenance":{"Provider":"host","Model":"","Template":"explain.kk@2","Tokens":1,"Milliseconds":1,"Cached":false}}""")]
    [InlineData("""{"Text":"A.","Ends":[2],"Provenance":{"Provider":"host","Model":"m","Template":"explain.kk@1","Tokens":1,"Milliseconds":1,"Cached":false}}""")]
    public async Task What_is_no_whole_answer_of_this_template_is_none_and_is_replaced(string kept)
    {
        var body = kept.Replace("P}", """{"Provider":"host","Model":"m","Template":"explain.kk@2","Tokens":1,"Milliseconds":1,"Cached":false}}""", StringComparison.Ordinal);
        await Hybrid(_shared).SetAsync(Key, body);
        var cache = Sample.Cache(_shared);
        (await cache.FindAsync(Key, Template, default)).ShouldBeNull();
        (await _shared.GetAsync(Key)).ShouldBeNull("nobody else finds it");
        await cache.KeepAsync(Key, Answer, default);
        (await Sample.Cache(_shared).FindAsync(Key, Template, default))!.Text.ShouldBe(Answer.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"Text\":\"A.\"}")]
    [InlineData("\0\u0001\u0002 rubbish")]
    public async Task Bytes_that_no_cache_wrote_are_none_and_are_replaced(string bytes)
    {
        await _shared.SetAsync(Key, Encoding.UTF8.GetBytes(bytes));
        var cache = Sample.Cache(_shared);
        (await cache.FindAsync(Key, Template, default)).ShouldBeNull();
        await cache.KeepAsync(Key, Answer, default);
        (await Sample.Cache(_shared).FindAsync(Key, Template, default))!.Text.ShouldBe(Answer.Text);
    }

    [Fact]
    public async Task A_shared_cache_that_fails_leaves_each_process_with_its_own()
    {
        var cache = Sample.Cache(new Broken());
        (await cache.FindAsync(Key, Template, default)).ShouldBeNull();
        await cache.KeepAsync(Key, Answer, default);
        (await cache.FindAsync(Key, Template, default))!.Text.ShouldBe(Answer.Text);
    }

    [Fact]
    public async Task A_discarded_text_is_given_by_no_process_and_kept_by_none_and_another_is()
    {
        var (first, second) = (Sample.Cache(_shared), Sample.Cache(_shared));
        await first.KeepAsync(Key, Answer, default);
        (await second.FindAsync(Key, Template, default)).ShouldNotBeNull("it has its own copy by now");
        await first.DiscardAsync(Answer.Text, default);
        (await second.FindAsync(Key, Template, default)).ShouldBeNull();
        await second.KeepAsync(Key, Answer, default);
        (await _shared.GetAsync(Key)).ShouldBeNull("it is not even kept");
        // A process that has just started has only what is shared.
        (await Sample.Cache(_shared).FindAsync(Key, Template, default)).ShouldBeNull();
        var other = Answer with { Text = "Жапырақ. Күннің." };
        await second.KeepAsync(Key, other with { Ends = [8, 16] }, default);
        (await first.FindAsync(Key, Template, default))!.Text.ShouldBe(other.Text);
    }

    [Fact]
    public async Task What_is_forgotten_is_given_by_no_process_and_what_was_discarded_stays_so()
    {
        var (first, second) = (Sample.Cache(_shared), Sample.Cache(_shared));
        var bad = Answer with { Text = "Жапырақ. Күннің.", Ends = [8, 16] };
        await first.KeepAsync(Key, Answer, default);
        await first.DiscardAsync(bad.Text, default);
        (await second.FindAsync(Key, Template, default)).ShouldNotBeNull();
        (await first.ForgetAllAsync(default)).ShouldBeTrue();
        (await second.FindAsync(Key, Template, default)).ShouldBeNull();
        (await first.FindAsync(Key, Template, default)).ShouldBeNull();
        await second.KeepAsync(Key, bad, default);
        (await first.FindAsync(Key, Template, default)).ShouldBeNull();
        await second.KeepAsync(Key, Answer, default);
        (await Sample.Cache(_shared).FindAsync(Key, Template, default)).ShouldNotBeNull();
        (await first.ForgetAllAsync(default)).ShouldBeTrue();
        (await second.FindAsync(Key, Template, default)).ShouldBeNull("it can be forgotten again");
    }

    [Fact]
    public async Task Where_nothing_shared_can_be_written_nothing_is_said_to_be_forgotten() =>
        (await Sample.Cache(new Broken()).ForgetAllAsync(default)).ShouldBeFalse();

    private static HybridCache Hybrid(IDistributedCache shared) =>
        new ServiceCollection().AddSingleton(shared).AddHybridCache().Services.BuildServiceProvider().GetRequiredService<HybridCache>();

    private sealed class Broken : IDistributedCache
    {
        public byte[]? Get(string key) => throw new IOException("away");

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => Task.FromException<byte[]?>(new IOException("away"));

        public void Refresh(string key) => throw new IOException("away");

        public Task RefreshAsync(string key, CancellationToken token = default) => Task.FromException(new IOException("away"));

        public void Remove(string key) => throw new IOException("away");

        public Task RemoveAsync(string key, CancellationToken token = default) => Task.FromException(new IOException("away"));

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new IOException("away");

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
            Task.FromException(new IOException("away"));
    }
}
