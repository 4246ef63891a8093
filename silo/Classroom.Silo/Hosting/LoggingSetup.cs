namespace Classroom.Silo.Hosting;

public static class LoggingSetup
{
    /// <summary>One JSON object a line outside Development. Neither names nor nicknames are ever logged: ids only.</summary>
    public static void AddOrtaqLogging(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
        {
            builder.Logging.ClearProviders().AddJsonConsole(o => o.UseUtcTimestamp = true);
        }

        // The sampler itself, and not its type: it also says what it left out.
        var repeated = new RepeatedErrors(TimeProvider.System);
        builder.Services.AddSingleton(repeated);
        builder.Services.AddHostedService<RepeatedErrorsLog>();
        builder.Logging.AddSampler(repeated);
    }
}
