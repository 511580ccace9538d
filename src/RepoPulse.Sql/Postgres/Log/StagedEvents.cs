using Npgsql;
using NpgsqlTypes;

namespace RepoPulse.Sql.Postgres;

/// <summary>A batch in the form that the server takes.</summary>
internal sealed class StagedEvents(IReadOnlyList<GitHubEvent> events, PayloadBatch frames, SqlEventTypes types, EventSource source)
{
    public int Count => events.Count;

    /// <summary>As rows, numbered from a number on, but for those at certain places, which are in order.</summary>
    public void Write(NpgsqlBinaryImporter copy, long firstNumber, IReadOnlyCollection<int> without)
    {
        var left = new Queue<int>(without);
        for (var i = 0; i < events.Count; i++)
        {
            if (left.TryPeek(out var next) && next == i)
            {
                left.Dequeue();
                continue;
            }

            var e = events[i];
            copy.StartRow();
            copy.Write(firstNumber++, NpgsqlDbType.Bigint);
            copy.Write(Micros.Floor(e.Key.CreatedAt), NpgsqlDbType.Bigint);
            copy.Write(e.Key.Id.Value, NpgsqlDbType.Bigint);
            copy.Write(e.RepositoryId.Value, NpgsqlDbType.Bigint);
            copy.Write((int)types.GetId(e.Type), NpgsqlDbType.Integer);
            copy.Write((short)source, NpgsqlDbType.Smallint);
            copy.Write(frames.Dictionary, NpgsqlDbType.Integer);
            copy.Write(frames.Memory(i), NpgsqlDbType.Bytea);
        }
    }

    /// <summary>As arrays: times, ids, repositories, types, JSON; then dictionary and source, which are the same for all.</summary>
    public void Bind(NpgsqlCommand command)
    {
        var (times, ids, repositories) = (new long[Count], new long[Count], new long[Count]);
        var (typeIds, json) = (new int[Count], new byte[Count][]);
        for (var i = 0; i < Count; i++)
        {
            var e = events[i];
            (times[i], ids[i], repositories[i]) = (Micros.Floor(e.Key.CreatedAt), e.Key.Id.Value, e.RepositoryId.Value);
            (typeIds[i], json[i]) = ((int)types.GetId(e.Type), frames[i].ToArray());
        }

        Add(times, NpgsqlDbType.Bigint);
        Add(ids, NpgsqlDbType.Bigint);
        Add(repositories, NpgsqlDbType.Bigint);
        Add(typeIds, NpgsqlDbType.Integer);
        Add(json, NpgsqlDbType.Bytea);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = frames.Dictionary, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)source, NpgsqlDbType = NpgsqlDbType.Smallint });

        void Add<T>(T[] values, NpgsqlDbType type) =>
            command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
