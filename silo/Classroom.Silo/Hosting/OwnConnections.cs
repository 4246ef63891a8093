using System.Data.Common;
using Classroom.Storage;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Classroom.Silo.Hosting;

/// <summary>Accounts are written by Entity Framework: its connections to the file are looked at as the log's are, before they are used and before what they wrote is answered.</summary>
internal sealed class OwnConnections(OwnDatabase own) : DbConnectionInterceptor
{
    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => Looked(result);

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) => new(Looked(result));

    public override void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => own.Require();

    public override Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        own.Require();
        return Task.CompletedTask;
    }

    private InterceptionResult Looked(InterceptionResult result)
    {
        own.Require();
        return result;
    }
}
