namespace Classroom.Kits.Tests;

/// <summary>Whatever a file holds, the loader answers with a kit or with errors: it never throws and never gives both.</summary>
public class HostileTextTests
{
    private const string Noise = "{}[]&*!|>'\"%@`#:-?,\n\t \0\u0085\u2028\uD800ж";

    [Fact]
    public void A_kit_cut_off_anywhere()
    {
        for (var length = 0; length < Sample.Yaml.Length; length += 97)
        {
            Answers(Sample.Yaml[..length]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_kit_with_noise_in_it(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var text = Sample.Yaml.ToCharArray();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                text[random.Next(text.Length)] = Noise[random.Next(Noise.Length)];
            }

            Answers(new string(text));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Nothing_but_noise(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 1500; round++)
        {
            Answers(new string([.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => Noise[random.Next(Noise.Length)])]));
        }
    }

    private static void Answers(string text)
    {
        var result = KitLoader.Parse(text);
        result.Ok.ShouldBe(result.Errors.Count == 0, text);
    }
}
