using Classroom.Silo.Hosting;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Speech;

public static class SpeechSetup
{
    private const string Folder = "speech";

    public static void AddOrtaqSpeech(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(s => new SpokenSentences(
            Path.Combine(DataFolder.PathOf(builder.Configuration, builder.Environment), Folder), s.GetRequiredService<IOptions<SpeechOptions>>(), s.GetRequiredService<ILogger<SpokenSentences>>()));
        builder.Services.AddHostedService(s => s.GetRequiredService<SpokenSentences>());
        builder.Services.AddSingleton<Voice>();
    }
}
