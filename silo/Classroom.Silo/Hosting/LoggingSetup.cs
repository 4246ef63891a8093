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
    }
}
